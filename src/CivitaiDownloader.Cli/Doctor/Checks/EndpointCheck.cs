using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>The API answers with data. A region, a challenge, maintenance and overload are told apart.</summary>
internal sealed class EndpointCheck() : ServiceCheck("endpoint")
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    protected override async Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        if (services.Http.Offline) return CheckResult.Skipped("Not asked: offline.");
        var answer = await diagnosis.EndpointAsync().WaitAsync(cancellationToken);
        if (answer.Fault is { } fault) return CheckResult.Problem(fault, cancellationToken);
        var said = $"{new RedactedUri(services.Http.Endpoint)} answers {(int)answer.Status} after {Duration.Short(answer.Took)}";
        return answer.Took < Slow ? CheckResult.Ok(said) : CheckResult.Warning(said, "The site or the line is slow; downloads themselves may be fast all the same.");
    }
}
