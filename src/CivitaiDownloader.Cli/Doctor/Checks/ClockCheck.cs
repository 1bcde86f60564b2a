using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>This machine's clock beside the endpoint's: signed links and early access depend on it.</summary>
internal sealed class ClockCheck() : ServiceCheck("clock")
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    protected override async Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await diagnosis.EndpointAsync().WaitAsync(cancellationToken);
            return answer.HostTime is { } hostTime ? Compare(answer.AskedAt - hostTime) : CheckResult.Skipped("The endpoint does not tell its time.");
        }
        catch (HttpException)
        {
            return CheckResult.Skipped("Nothing to compare with: the endpoint cannot be reached.");
        }
    }

    internal static CheckResult Compare(TimeSpan ahead) => ahead.Duration() <= Tolerance
        ? CheckResult.Ok($"Within {Math.Ceiling(Math.Max(1, ahead.Duration().TotalSeconds)):0} s of the endpoint's")
        : CheckResult.Warning($"This machine's clock is {Duration.Short(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the endpoint's",
            "Set it by a time server: certificates, links and early access are judged by it.");
}
