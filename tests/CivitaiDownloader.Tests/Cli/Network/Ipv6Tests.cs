using System.Net;
using System.Net.Sockets;
using CivitaiDownloader.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Network;

public sealed class Ipv6Tests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_that_has_only_IPv6_is_used_to_the_end(bool https)
    {
        SkipWithoutIpv6();
        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 5, ListenOn = IPAddress.IPv6Loopback, PublicName = "[::1]", Https = https }, TestContext.Current.CancellationToken);
        var program = new Program(folder["home"], folder["library"], sandbox.Api);
        if (https)
        {
            await sandbox.SaveCertificateAsync(folder["authority.pem"], TestContext.Current.CancellationToken);
            program.Variables["CIVITAI_DL_HTTP__CERTIFICATEAUTHORITY"] = folder["authority.pem"];
        }

        var ran = await program.RunAsync("get", "4201", "--json");

        Assert.All([sandbox.Api, sandbox.Storage, sandbox.Images], host => Assert.Equal("[::1]", host.Host));
        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.Equal("placed", ran.Json.GetProperty("files")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_second_address_of_a_name_is_tried_when_the_first_is_dead()
    {
        SkipWithoutIpv6();
        await using var host = await Http.LocalHost.StartAsync(_ => Task.CompletedTask);
        using var outbound = Http.TestOutbound.To(new($"http://localhost:{host.Address.Port}/"), resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback, IPAddress.Loopback]));

        await using var answer = await outbound.SendAsync(new(new($"http://localhost:{host.Address.Port}/")), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    private static void SkipWithoutIpv6()
    {
        try
        {
            using var probe = new TcpListener(IPAddress.IPv6Loopback, 0);
            probe.Start();
        }
        catch (SocketException)
        {
            Assert.Skip("This machine has no IPv6 loopback address.");
        }
    }
}
