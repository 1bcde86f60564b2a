using System.Globalization;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>How the endpoint's connection is secured, and by whose certificate.</summary>
internal sealed class TlsCheck() : ServiceCheck("tls")
{
    protected override async Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        if (services.Http.Endpoint.Scheme != Uri.UriSchemeHttps) return CheckResult.Skipped("The endpoint is http, on this machine or network: nothing is encrypted.");
        try
        {
            await diagnosis.EndpointAsync().WaitAsync(cancellationToken);
        }
        catch (HttpException failure) when (failure.Fault == HttpFault.TlsFailed)
        {
            return CheckResult.Problem(failure, cancellationToken);
        }
        catch (HttpException)
        {
            return CheckResult.Skipped("Not seen: the endpoint cannot be reached.");
        }

        if (diagnosis.Tls is not { } tls) return CheckResult.Skipped("Not seen.");
        var until = tls.ExpiresAt is { } end ? $", valid until {end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";
        return CheckResult.Ok($"{tls.Protocol} · certificate issued by {VisibleText.OneLine(tls.Issuer ?? "nobody named", 200)}{until}");
    }
}
