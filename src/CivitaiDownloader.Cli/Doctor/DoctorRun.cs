using CivitaiDownloader.Cli.Doctor.Checks;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Doctor;

/// <summary>All checks at once, told in their order. None can hold up or bring down the others.</summary>
internal sealed class DoctorRun(Diagnosis diagnosis, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly Check[] Checks =
    [
        new ProgramCheck(), new TerminalCheck(), new SettingsCheck(), new DatabaseCheck(), new LibraryCheck(), new SpaceCheck(),
        new ProxyCheck(), new EndpointCheck(), new TlsCheck(), new ClockCheck(), new KeyCheck(), new DriftCheck(), new AntivirusCheck(),
    ];

    public async IAsyncEnumerable<(Check Check, CheckResult Result)> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = Checks.Select(check => (Check: check, Result: GuardAsync(check, cancellationToken))).ToArray();
        foreach (var (check, result) in running) yield return (check, await result);
    }

    /// <summary>0 without a problem, the code of the problems when they have one, else 1.</summary>
    public static int ExitCodeOf(IEnumerable<CheckResult> results) =>
        results.Where(result => result.Status == CheckStatus.Problem).Select(result => result.ExitCode).Distinct().ToArray() switch
        {
            [] => ExitCodes.Done,
            [var one] => one,
            _ => ExitCodes.Failed,
        };

    private async Task<CheckResult> GuardAsync(Check check, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A disk that hangs does not hear of tokens: what is not over in time is left behind.
            return await Task.Run(() => check.RunAsync(diagnosis, either.Token), cancellationToken).WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException || (late is OperationCanceledException && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            return new(CheckStatus.Problem, $"Did not end within {Limit.TotalSeconds:0} s.") { Hint = "A disk or a host that hangs; the other lines may say which." };
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Problem(failure, cancellationToken);
        }
    }
}
