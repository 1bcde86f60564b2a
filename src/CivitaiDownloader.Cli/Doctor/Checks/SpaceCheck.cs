using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>Room for another model, and for the database.</summary>
internal sealed class SpaceCheck() : ServiceCheck("space")
{
    private const long OneLargeModel = 8L << 30;
    private const long NothingWorks = 64L << 20;

    protected override Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        if (FreeAt(services.Store.Root) is not { } library) return Task.FromResult(CheckResult.Skipped("The system does not tell how much is free."));
        var home = FreeAt(diagnosis.Home) ?? library;
        var said = $"{ByteSize.Format(library)} free for the library" + (home == library ? "" : $", {ByteSize.Format(home)} for the database");
        return Task.FromResult(Math.Min(library, home) < NothingWorks
            ? new CheckResult(CheckStatus.Problem, said) { Hint = "Free some space, or choose other folders with --library and --home.", ExitCode = ExitCodes.NoSpace }
            : library < OneLargeModel ? CheckResult.Warning(said, "One large checkpoint may need more. Nothing is begun that does not fit.")
            : CheckResult.Ok(said));
    }

    private static long? FreeAt(string folder) => LibraryStore.FreeBytes(new(folder, ""));
}
