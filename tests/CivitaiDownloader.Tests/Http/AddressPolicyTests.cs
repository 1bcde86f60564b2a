using System.Net;
using System.Text.Json;
using CivitaiDownloader.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

public sealed class AddressPolicyTests
{
    private static readonly Uri Public = new("https://civitai.com/");

    /// <summary>Made for these tests: every kind of address that must not be visited.</summary>
    private static readonly string[] Hostile =
    [
        "file:///etc/passwd", "ftp://example.org/x", "data:,x", "javascript:alert(1)", "http://example.org/x",
        "https://127.0.0.1/x", "https://localhost/x", "https://[::1]/x", "https://0/x", "https://127.1/x", "https://2130706433/x", "https://0x7f000001/x", "https://0177.0.0.1/x",
        "https://[::ffff:10.0.0.1]/x", "https://[64:ff9b::a00:1]/x", "https://[2002:a00:1::]/x", "https://10.1.2.3/x", "https://172.31.255.255/x", "https://192.168.0.1/x",
        "https://169.254.169.254/latest", "https://100.127.0.1/x", "https://[fe80::1]/x", "https://[fc00::1]/x", "https://[ff02::1]/x", "https://255.255.255.255/x",
        "https://user@example.org/x", "https://example.org:8443/x", "https://example.org\\@127.0.0.1/x", "https://nas.local/x", "https://metadata.google.internal/x",
        "//127.0.0.1/x", "\\\\127.0.0.1\\x", "https://①②⑦.0.0.1/x", "https:///x", "https://printer/x", "https://exam\tple.org/x", "https://example.org/a b",
    ];

    public static TheoryData<string> Refused { get; } = [.. Hostile];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_public_endpoint_leads_nowhere_else(string address) => RequireRefused(address);

    [Fact]
    public void Every_address_of_the_shared_list_is_refused()
    {
        if (Repository.SharedFixtures is not { } fixtures) { Assert.Skip("The shared fixtures are not beside this checkout."); return; }
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(fixtures, "scan", "hostile-names.json")));
        var addresses = list.RootElement.GetProperty("addresses").EnumerateArray().Select(element => element.GetString()!).ToArray();

        Assert.Equal(39, addresses.Length);
        Assert.All(addresses, RequireRefused);
    }

    [Fact]
    public async Task Every_such_address_is_refused_as_a_redirect_before_any_byte_is_sent_to_it()
    {
        var next = "";
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = next;
            return Task.CompletedTask;
        });
        // From an endpoint on this machine others on it are allowed; every other refusal holds for redirects as well.
        using var outbound = TestOutbound.To(new("http://127.0.0.1:" + host.Address.Port));
        foreach (var address in Hostile.Where(address => !address.Any(c => c is < ' ' or > '~') && !PointsInside(address)))
        {
            next = address;
            await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(host.Address), TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("https://civitai.com/models/1")]
    [InlineData("https://b2.civitai.com/file/x?Authorization=y")]
    [InlineData("https://bucket.account.r2.cloudflarestorage.com/model/1/x?X-Amz-Signature=y")]
    [InlineData("https://1.1.1.1/x")]
    [InlineData("https://[2606:4700::1111]/x")]
    public void Public_https_hosts_are_visited(string address) => new AddressPolicy(Public).Check(new(address));

    [Theory]
    [InlineData("http://127.0.0.1:8080/", "http://localhost:9090/x", true)]
    [InlineData("http://127.0.0.1:8080/", "http://192.168.0.7/x", true)]
    [InlineData("http://192.168.0.7:8080/", "http://10.0.0.1:1/x", true)]
    [InlineData("http://127.0.0.1:8080/", "http://example.org/x", false)]
    [InlineData("https://civitai.com/", "http://127.0.0.1/x", false)]
    public void Inside_addresses_are_visited_only_from_an_inside_endpoint(string endpoint, string address, bool allowed)
    {
        var policy = new AddressPolicy(new(endpoint));

        if (allowed) policy.Check(new(address));
        else Assert.Equal(HttpFault.AddressRefused, Assert.Throws<HttpException>(() => policy.Check(new(address))).Fault);
    }

    [Theory]
    [InlineData("https://civitai.com/x", true)]
    [InlineData("https://www.civitai.red/x", true)]
    [InlineData("https://civitai.com.evil.org/x", false)]
    [InlineData("https://evilcivitai.com/x", false)]
    [InlineData("https://image.civitai.com/x", false)]
    [InlineData("https://b2.civitai.com/x", false)]
    [InlineData("http://civitai.com/x", false)]
    [InlineData("https://civitai.com:8443/x", false)]
    public void The_key_goes_to_exact_hosts_only(string address, bool allowed) => Assert.Equal(allowed, new AddressPolicy(Public).MaySignIn(new(address)));

    [Theory]
    [InlineData("https://civitai.red/", "https://civitai.com/x", true)]
    [InlineData("https://mirror.example.org/", "https://mirror.example.org/x", true)]
    [InlineData("https://mirror.example.org/", "https://civitai.com/x", false)]
    [InlineData("http://127.0.0.1:8080/", "https://civitai.com/x", false)]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/x", true)]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:9090/x", false)]
    [InlineData("https://civitai.com/", "http://127.0.0.1:8080/x", false)]
    public void The_key_of_one_site_goes_to_no_other(string endpoint, string address, bool allowed) => Assert.Equal(allowed, new AddressPolicy(new(endpoint)).MaySignIn(new(address)));

    [Theory]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("::127.0.0.1")]
    [InlineData("100.64.1.1")]
    public void A_resolved_address_is_judged_by_what_it_carries(string address) => Assert.False(new AddressPolicy(Public).Allows(IPAddress.Parse(address)));

    private static bool PointsInside(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && AddressPolicy.IsInside(uri) || address.StartsWith("//", StringComparison.Ordinal);

    private static void RequireRefused(string address)
    {
        var policy = new AddressPolicy(Public);
        Assert.Equal(HttpFault.AddressRefused, Assert.Throws<HttpException>(() => policy.Resolve(new("https://example.com/first"), address)).Fault);
    }
}
