using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CivitaiDownloader.Http;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Network;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_authority_of_ones_own_is_trusted_on_every_system()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 5, Https = true }, TestContext.Current.CancellationToken);
        await sandbox.SaveCertificateAsync(_folder["authority.pem"], TestContext.Current.CancellationToken);
        var program = new Program(_folder["home"], _folder["library"], sandbox.Api);

        var untrusted = await program.RunAsync("get", "4201", "--json");
        var trusted = await program.RunAsync("get", "4201", "--json", "--http-certificate-authority", _folder["authority.pem"]);

        Assert.Equal((6, "tls-failed"), (untrusted.ExitCode, untrusted.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("Http:CertificateAuthority", untrusted.ErrorJson.GetProperty("hint").GetString());
        Assert.True(trusted.ExitCode == 0, trusted.Error);
        Assert.Equal("placed", trusted.Json.GetProperty("files")[0].GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("127.0.0.1", 30, true, null)]
    [InlineData("127.0.0.1", 30, false, "UntrustedRoot|PartialChain|NotSignatureValid")] // signed by another authority of the same name
    [InlineData("127.0.0.1", -1, true, "NotTimeValid")]
    [InlineData("10.1.1.1", 30, true, "RemoteCertificateNameMismatch")]
    public async Task Names_dates_and_signatures_are_checked_as_always(string name, int days, bool isOurs, string? refusal)
    {
        var now = DateTimeOffset.UtcNow;
        using var authority = Authority(now, _key);
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = Authority(now, otherKey);
        using var server = Server(isOurs ? authority : other, name, now, days);
        await File.WriteAllTextAsync(_folder["authority.pem"], authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var host = await LocalHost.StartAsync(context => context.Response.WriteAsync("x"), IPAddress.Loopback, server);
        using var outbound = TestOutbound.To(host.Address, set: options => { options.CertificateAuthority = _folder["authority.pem"]; options.MaxAttempts = 1; });

        var failure = await Record.ExceptionAsync(async () =>
        {
            await using var answer = await outbound.SendAsync(new(host.Address), TestContext.Current.CancellationToken);
        });

        if (refusal is null) Assert.Null(failure);
        else Assert.Matches(refusal, Assert.IsType<HttpException>(failure) is { Fault: HttpFault.TlsFailed } told ? told.Message : "not told as TLS: " + failure);
    }

    [Theory]
    [InlineData(null, "Could not find|cannot be used")]
    [InlineData("nonsense", "no certificate in PEM form")]
    public async Task A_file_that_holds_no_authority_is_named_before_anything_is_sent(string? content, string words)
    {
        if (content is not null) await File.WriteAllTextAsync(_folder["authority.pem"], content, TestContext.Current.CancellationToken);

        var ran = await new Program(_folder["home"], _folder["library"]).RunAsync("search", "--json", "--set", $"Http:CertificateAuthority={_folder["authority.pem"]}");

        Assert.Equal((2, "settings"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("authority.pem", ran.ErrorJson.GetProperty("message").GetString());
        Assert.Matches(words, ran.ErrorJson.GetProperty("message").GetString());
    }

    private static X509Certificate2 Authority(DateTimeOffset now, ECDsa key)
    {
        var request = new CertificateRequest("CN=An authority of our own", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(now.AddDays(-60), now.AddDays(60));
    }

    private static X509Certificate2 Server(X509Certificate2 authority, string name, DateTimeOffset now, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(name));
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, now.AddDays(-30), now.AddDays(days), [1, 2, 3, 4]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
