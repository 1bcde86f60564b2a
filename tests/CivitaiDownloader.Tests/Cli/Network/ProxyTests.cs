using System.Net;
using System.Text;
using CivitaiDownloader.Http;
using CivitaiDownloader.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Network;

/// <summary>A Sandbox that can only be reached through a proxy: its addresses are at 10.88.7.6, which is nowhere.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const string Nowhere = "10.88.7.6";

    private readonly TemporaryFolder _folder = new();
    private SandboxHost _sandbox = null!;
    private Program _program = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new() { Models = 5, Https = true, PublicName = Nowhere }, TestContext.Current.CancellationToken);
        await _sandbox.SaveCertificateAsync(_folder["authority.pem"], TestContext.Current.CancellationToken);
        _program = new(_folder["home"], _folder["library"], _sandbox.Api);
        foreach (var name in new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY" })
            if (Environment.GetEnvironmentVariable(name) is not null) _program.Variables[name] = ""; // those of whoever runs the tests
        _program.Variables["CIVITAI_DL_HTTP__CERTIFICATEAUTHORITY"] = _folder["authority.pem"];
        _program.Variables["CIVITAI_DL_HTTP__MAXATTEMPTS"] = "1";
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("HTTPS_PROXY")]
    [InlineData("https_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task Everything_goes_through_the_proxy(string variable)
    {
        await using var proxy = new LocalProxy();
        _program.Variables[variable] = $"http://127.0.0.1:{proxy.Port}";

        var ran = await _program.RunAsync("get", "4201", "--json");

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.Equal("placed", ran.Json.GetProperty("files")[0].GetProperty("status").GetString());
        foreach (var host in new[] { _sandbox.Api, _sandbox.Storage, _sandbox.Images }) Assert.Contains($"CONNECT {Nowhere}:{host.Port} HTTP/1.1", proxy.Asked);
    }

    [Fact]
    public async Task One_that_takes_connections_and_says_nothing_is_named()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _program.Variables["HTTPS_PROXY"] = $"http://me:marker@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}";

        var ran = await _program.RunAsync("search", "--json", "--set", "Http:AnswerTimeout=00:00:01");

        Assert.Equal(6, ran.ExitCode);
        Assert.Contains($"the proxy http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", ran.ErrorJson.GetProperty("message").GetString());
        Assert.DoesNotContain("marker", ran.Error);
    }

    [Fact]
    public async Task Over_plain_http_the_proxy_is_asked_for_whole_addresses()
    {
        await using var plain = await SandboxHost.StartAsync(new() { Models = 5, PublicName = Nowhere }, TestContext.Current.CancellationToken);
        await using var proxy = new LocalProxy();
        _program.Variables["http_proxy"] = $"http://127.0.0.1:{proxy.Port}";

        var ran = await _program.RunAsync("get", "4201", "--json", "--endpoint", plain.Api.AbsoluteUri);

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.Contains(proxy.Asked, line => line.StartsWith($"GET {plain.Storage}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_in_NO_PROXY_and_this_machine_are_asked_directly()
    {
        await using var here = await SandboxHost.StartAsync(new() { Models = 5 }, TestContext.Current.CancellationToken);
        await using var proxy = new LocalProxy();
        foreach (var name in new[] { "HTTPS_PROXY", "http_proxy", "ALL_PROXY" }) _program.Variables[name] = $"http://127.0.0.1:{proxy.Port}";

        var loopback = await _program.RunAsync("get", "4201", "--json", "--endpoint", here.Api.AbsoluteUri);
        _program.Variables["NO_PROXY"] = $"example.org,{Nowhere}";
        var excepted = await _program.RunAsync("search", "--json", "--set", "Http:ConnectTimeout=00:00:01");

        Assert.True(loopback.ExitCode == 0, loopback.Error);
        Assert.Equal(6, excepted.ExitCode); // nobody is there
        Assert.DoesNotContain("proxy", excepted.ErrorJson.GetProperty("message").GetString());
        Assert.Empty(proxy.Asked);
    }

    [Fact]
    public async Task Name_and_password_of_the_proxy_are_sent_to_it_and_never_shown()
    {
        await using var proxy = new LocalProxy(header => header.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("marker-user:marker-pass")), StringComparison.OrdinalIgnoreCase) ? null : 407);
        _program.Variables["HTTPS_PROXY"] = $"http://marker-user:marker-pass@127.0.0.1:{proxy.Port}";

        var good = await _program.RunAsync("get", "4201", "--verbose");
        _program.Variables["HTTPS_PROXY"] = $"http://marker-user:marker-wrong@127.0.0.1:{proxy.Port}";
        var refused = await _program.RunAsync("search", "--verbose");

        Assert.True(good.ExitCode == 0, good.Error);
        Assert.Equal(6, refused.ExitCode);
        Assert.Contains($"The proxy http://127.0.0.1:{proxy.Port} wants a name and password, or does not accept those it got (407).", refused.Error);
        Assert.DoesNotContain("marker", good.Output + good.Error + refused.Output + refused.Error);
    }

    [Theory]
    [InlineData(403, "proxy-refused", "refuses to connect to 10.88.7.6 (it answered 403)")]
    [InlineData(502, "proxy-unreachable", "cannot reach 10.88.7.6 (it answered 502)")]
    public async Task A_proxy_that_refuses_is_named_with_what_it_said(int status, string code, string words)
    {
        await using var proxy = new LocalProxy(_ => status);
        _program.Variables["HTTPS_PROXY"] = $"http://127.0.0.1:{proxy.Port}";

        var ran = await _program.RunAsync("search", "--json");

        Assert.Equal((6, code), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains($"The proxy http://127.0.0.1:{proxy.Port} {words}", ran.ErrorJson.GetProperty("message").GetString());
        Assert.Contains("NO_PROXY", ran.ErrorJson.GetProperty("hint").GetString());
    }

    [Fact]
    public async Task A_proxy_that_asks_for_a_password_over_plain_http_is_named()
    {
        await using var proxy = new LocalProxy(_ => 407);
        _program.Variables["http_proxy"] = $"http://127.0.0.1:{proxy.Port}";

        var ran = await _program.RunAsync("search", "--json", "--endpoint", $"http://{Nowhere}/");

        Assert.Equal((6, "proxy-refused"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named_and_not_the_site()
    {
        int port;
        await using (var proxy = new LocalProxy()) port = proxy.Port;
        _program.Variables["HTTPS_PROXY"] = $"http://marker-user:marker-pass@127.0.0.1:{port}";

        var ran = await _program.RunAsync("search", "--json");

        Assert.Equal((6, "proxy-unreachable"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains($"The proxy http://127.0.0.1:{port}, on the way to {Nowhere}, cannot be reached", ran.ErrorJson.GetProperty("message").GetString());
        Assert.DoesNotContain("marker", ran.Error);
    }

    [Theory]
    [InlineData("https://civitai.com/", "CONNECT civitai.com:443 HTTP/1.1")]
    [InlineData("http://192.168.88.77/", "GET http://192.168.88.77/ HTTP/1.1")]
    public async Task A_proxy_inside_the_network_is_used_whatever_the_endpoint(string endpoint, string asked)
    {
        await using var proxy = new LocalProxy(_ => 403);
        using var outbound = Through(proxy, endpoint);

        var answer = await Record.ExceptionAsync(async () =>
        {
            await using var any = await outbound.SendAsync(new(new(endpoint)), TestContext.Current.CancellationToken);
        });

        if (endpoint.StartsWith("https", StringComparison.Ordinal)) Assert.Equal(HttpFault.ProxyRefused, Assert.IsType<HttpException>(answer).Fault);
        Assert.Equal([asked], proxy.Asked);
    }

    [Fact]
    public async Task With_a_proxy_an_address_inside_the_network_is_still_refused_by_its_letters()
    {
        await using var proxy = new LocalProxy();
        using var outbound = Through(proxy, "https://civitai.com/");

        var refused = await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(new("https://192.168.1.1/")), TestContext.Current.CancellationToken));

        Assert.Equal(HttpFault.AddressRefused, refused.Fault);
        Assert.Empty(proxy.Asked);
    }

    private static Outbound Through(LocalProxy proxy, string endpoint)
    {
        var parts = new OutboundParts(TimeProvider.System, new Random(1), new HttpCounters(), NullLogger<Outbound>.Instance) { Proxies = new(new WebProxy($"http://127.0.0.1:{proxy.Port}")) };
        return new(Http.TestOutbound.Options(new(endpoint), options => options.MaxAttempts = 1), null, parts);
    }
}
