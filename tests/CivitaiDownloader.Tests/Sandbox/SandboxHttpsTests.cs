using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CivitaiDownloader.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

public sealed class SandboxHttpsTests
{
    [Fact]
    public async Task All_three_hosts_are_trusted_by_who_trusts_the_saved_certificate()
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0, Https = true }, TestContext.Current.CancellationToken);
        await sandbox.SaveCertificateAsync(folder["ca.pem"], TestContext.Current.CancellationToken);
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(folder["ca.pem"]);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } });

        foreach (var host in new[] { sandbox.Api, sandbox.Storage, sandbox.Images })
        {
            using var answer = await client.SendAsync(new(HttpMethod.Get, host), TestContext.Current.CancellationToken);
            Assert.Equal(("https", HttpStatusCode.NotFound), (host.Scheme, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Nobody_else_trusts_it()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0, Https = true }, TestContext.Current.CancellationToken);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(new(HttpMethod.Get, sandbox.Api), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_port_can_be_asked_for_and_is_refused_when_taken()
    {
        await using var first = await SandboxHost.StartAsync(new() { Models = 0 }, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => SandboxHost.StartAsync(new() { Models = 0, StoragePort = first.Api.Port }, TestContext.Current.CancellationToken));
    }
}
