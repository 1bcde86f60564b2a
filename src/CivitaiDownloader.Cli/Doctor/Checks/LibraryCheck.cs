using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>A file can be staged in the library, renamed into place and removed.</summary>
internal sealed class LibraryCheck() : ServiceCheck("library")
{
    protected override Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        var root = services.Store.Root;
        var trial = LibraryTrial.Run(root);
        var can = $"{(trial.IsCaseSensitive ? "letters' case counts" : "letters' case does not count")}, {(trial.TakesLinks ? "links can be made" : "links cannot be made")}";
        return Task.FromResult(CheckResult.Ok($"'{VisibleText.OneLine(root)}' {(trial.IsThere ? "can be written" : "will be made at the first download")}; {can}"));
    }
}
