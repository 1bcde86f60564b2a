using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Tests.Transfer.Torture;
using CivitaiDownloader.Transfer;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Connections that end before they are secured: the network's fault like any other, not the certificate's.</summary>
public sealed class CutHandshakeTests
{
    private static readonly GeneratedContent Content = new(20261129, 20 << 20);

    [Theory]
    [InlineData("closed before an answer", 0)]
    [InlineData("closed", 100)]
    [InlineData("reset before an answer", 0)]
    [InlineData("reset", 100)]
    public async Task A_handshake_that_is_cut_is_begun_again(string how, int after)
    {
        var ending = how.StartsWith("closed", StringComparison.Ordinal) ? RelayEnding.Close : RelayEnding.Reset;
        using var folder = new TemporaryFolder();
        using var certificate = TestCertificate.For("localhost");
        await File.WriteAllTextAsync(folder["ca.pem"], certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var origin = await RangeOrigin.StartAsync(Content, certificate: certificate);
        // The first two, before anything was there; and three in the middle, when the first request is through.
        await using var relay = new Relay(origin.Address, number => number is 3 or > 6 ? RelayCourse.Plain : new() { After = after, Ending = ending }, seed: 1);
        var address = new UriBuilder(relay.Address) { Host = "localhost" }.Uri;
        using var outbound = TestOutbound.To(address, set: http => http.CertificateAuthority = folder["ca.pem"]);

        using var file = await TestTransfer.FetchAsync(outbound, new FixedLink(address), Content, folder);

        Assert.True(file.IsVerified);
        Assert.InRange(relay.Log.Count, 3, int.MaxValue);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_refused_at_once()
    {
        using var folder = new TemporaryFolder();
        using var certificate = TestCertificate.For("localhost");
        await using var origin = await RangeOrigin.StartAsync(Content, certificate: certificate);
        using var outbound = TestOutbound.To(origin.Address);

        var error = await Assert.ThrowsAsync<HttpException>(() => TestTransfer.Over(outbound).RunAsync(
            new(new FixedLink(origin.Address), "file", folder["file.part"]), new(TimeProvider.System), TestContext.Current.CancellationToken));

        Assert.Equal(HttpFault.TlsFailed, error.Fault);
    }
}
