using System.Net;
using System.Security.Cryptography.X509Certificates;
using CivitaiDownloader.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

/// <summary>A <see cref="LocalHost"/> over HTTPS, which offers HTTP/2 as most hosts do, and a way out that trusts it.</summary>
internal sealed class SecureHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly X509Certificate2 _certificate;
    private readonly LocalHost _host;

    private SecureHost(TemporaryFolder folder, X509Certificate2 certificate, LocalHost host) => (_folder, _certificate, _host) = (folder, certificate, host);

    public Uri Address => new($"https://localhost:{_host.Address.Port}/");

    public bool OffersHttp2 { set => _host.OffersHttp2 = value; }

    public static async Task<SecureHost> StartAsync(RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        var folder = new TemporaryFolder();
        var certificate = TestCertificate.For("localhost");
        await File.WriteAllTextAsync(folder["authority.pem"], certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        return new(folder, certificate, await LocalHost.StartAsync(answer, IPAddress.Loopback, certificate, protocols));
    }

    public Outbound Outbound(Action<HttpOptions>? set = null) => TestOutbound.To(Address, set: options =>
    {
        options.CertificateAuthority = _folder["authority.pem"];
        set?.Invoke(options);
    });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }
}
