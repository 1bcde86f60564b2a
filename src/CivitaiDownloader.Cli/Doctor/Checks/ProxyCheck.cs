using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>Which way requests take. Whether the proxy lets them through is seen by the endpoint's check.</summary>
internal sealed class ProxyCheck() : ServiceCheck("proxy")
{
    protected override Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        if (ProxyRoute.UnusableVariable() is { } variable) return Task.FromResult(CheckResult.Problem(SettingsErrors.UnusableProxy(variable), cancellationToken));
        var set = ProxyRoute.SetVariables() is { Count: > 0 } names ? $" ({string.Join(", ", names)} set)" : "";
        var host = services.Http.Endpoint.Host;
        return Task.FromResult(CheckResult.Ok(new ProxyRoute().GetProxy(services.Http.Endpoint) is { } proxy ? $"{host} is asked through {VisibleText.OneLine(ProxyRoute.Shown(proxy))}{set}" : $"None: {host} is asked directly{set}"));
    }
}
