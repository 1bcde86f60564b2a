using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>The database in the home folder can be opened, is whole and not overgrown.</summary>
internal sealed class DatabaseCheck() : ServiceCheck("database")
{
    private const long LargeLog = 64 << 20;

    protected override Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        if (diagnosis.DatabaseFailure is { } failure) return Task.FromResult(CheckResult.Problem(failure, cancellationToken));
        var database = services.Get<Database>();
        var health = DatabaseHealth.Of(database);
        var path = VisibleText.OneLine(database.Path);
        var said = $"'{path}' · {ByteSize.Format(health.Bytes)}, log {ByteSize.Format(health.LogBytes)}";
        if (health.Damage is { } damage) return Task.FromResult(new CheckResult(CheckStatus.Problem, $"'{path}' is damaged: {VisibleText.OneLine(damage, 200)}")
        { Hint = "Move that file away: a new one is made. The files in the library are not affected." });
        return Task.FromResult(health.LogBytes < LargeLog
            ? CheckResult.Ok(said + ", whole")
            : CheckResult.Warning(said + ", whole", "A program that reads it has been running for long: the log shrinks when it ends."));
    }
}
