using CivitaiDownloader.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class HttpsTests
{
    [Fact]
    public async Task Over_HTTPS_a_trusted_host_is_used_and_an_untrusted_one_is_named()
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 5, Https = true }, TestContext.Current.CancellationToken);
        await sandbox.SaveCertificateAsync(folder["trust.pem"], TestContext.Current.CancellationToken);
        var program = new Program(folder["home"], folder["library"], sandbox.Api);

        var untrusted = await program.RunAsync("get", "4201", "--json");
        program.Variables["SSL_CERT_FILE"] = folder["trust.pem"];
        var trusted = await program.RunAsync("get", "4201", "--json");

        Assert.Equal((6, "tls-failed"), (untrusted.ExitCode, untrusted.ErrorJson.GetProperty("code").GetString()));
        if (!OperatingSystem.IsLinux()) Assert.Skip("Elsewhere trust is in the system's store, which a test must not change.");
        Assert.Equal(0, trusted.ExitCode);
        Assert.Equal("placed", trusted.Json.GetProperty("files")[0].GetProperty("status").GetString());
        Assert.Equal("https", sandbox.Storage.Scheme);
    }
}
