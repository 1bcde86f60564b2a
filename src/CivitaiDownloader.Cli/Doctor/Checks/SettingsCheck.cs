using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>config.json, variables and flags: all readable, all within bounds.</summary>
internal sealed class SettingsCheck() : Check("settings")
{
    public override Task<CheckResult> RunAsync(Diagnosis diagnosis, CancellationToken cancellationToken)
    {
        if (diagnosis.SettingsFailures is { Count: > 0 } mistakes) return Task.FromResult(CheckResult.Problem(mistakes, cancellationToken));
        var path = SettingsFile.PathIn(diagnosis.Home);
        return Task.FromResult(CheckResult.Ok(File.Exists(path) ? $"'{VisibleText.OneLine(path)}' and what is set besides are valid" : $"All are valid; there is no '{VisibleText.OneLine(path)}'"));
    }
}
