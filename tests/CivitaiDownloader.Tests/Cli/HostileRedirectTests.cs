using System.Globalization;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Tests.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>The public site, as far as a program can tell, redirects a download to each address that must not be visited.</summary>
public sealed class HostileRedirectTests
{
    // What a header can carry as it is: a line end would end it, and a blank in a good address is escaped when it is read.
    private static IEnumerable<string> Made => AddressPolicyTests.Refused.Select(row => row.Data).Where(address => !address.Any(c => c is '\r' or '\n' or '\0' or ' '));

    [Fact]
    public Task None_of_them_is_visited_or_told_anything() => RequireAllRefusedAsync([.. Made]);

    [Fact]
    public async Task None_of_the_shared_list_is_visited_or_told_anything()
    {
        if (Repository.SharedFixtures is not { } fixtures) { Assert.Skip("The shared fixtures are not beside this checkout."); return; }
        using var list = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(fixtures, "scan", "hostile-names.json"), TestContext.Current.CancellationToken));
        var addresses = list.RootElement.GetProperty("addresses").EnumerateArray().Select(element => element.GetString()!).ToArray();

        Assert.Equal(39, addresses.Length);
        await RequireAllRefusedAsync(addresses);
    }

    private static async Task RequireAllRefusedAsync(IReadOnlyList<string> addresses)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Elsewhere trust is in the system's store, which a test must not change.");
        using var folder = new TemporaryFolder();
        await using var site = new TrustedProxy("civitai.com", path => Answer(path, addresses));
        await site.SaveCertificateAsync(folder["trust.pem"], TestContext.Current.CancellationToken);
        var program = new Program(folder["home"], folder["library"], new("https://civitai.com/"));
        program.Variables["HTTPS_PROXY"] = program.Variables["HTTP_PROXY"] = program.Variables["ALL_PROXY"] = site.Address.AbsoluteUri;
        program.Variables["NO_PROXY"] = "";
        program.Variables["SSL_CERT_FILE"] = folder["trust.pem"];
        program.Variables["CIVITAI_API_KEY"] = "marker-key-51b2";

        var ran = await program.RunAsync(["get", .. Enumerable.Range(1, addresses.Count).Select(number => number.ToString(CultureInfo.InvariantCulture)), "--json"]);

        var files = ran.Json.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(addresses.Count, files.Length);
        Assert.All(files.Zip(addresses), pair => Assert.True(
            pair.First.GetProperty("error").GetProperty("code").GetString() == "address-refused", $"{pair.Second}: {pair.First.GetProperty("error").GetRawText()}"));
        Assert.Equal(["CONNECT civitai.com:443"], site.Asked.Distinct());
        Assert.DoesNotContain("marker-key", ran.Output + ran.Error);
    }

    // Model N has version N0 with one file, and its download leads to address N.
    private static string Answer(string path, IReadOnlyList<string> addresses)
    {
        var number = path.Split('?')[0].Split('/')[^1];
        if (path.StartsWith("/api/v1/models/", StringComparison.Ordinal))
        {
            var body = $$"""{"id":{{number}},"name":"m{{number}}","type":"LORA","modelVersions":[{"id":{{number}}0,"name":"v","files":[{"id":{{number}}00,"name":"m.safetensors","sizeKB":1,"primary":true,"downloadUrl":"https://civitai.com/api/download/models/{{number}}0"}]}]}""";
            return $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        }

        return path.StartsWith("/api/download/models/", StringComparison.Ordinal)
            ? $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {addresses[(int.Parse(number, CultureInfo.InvariantCulture) / 10) - 1]}\r\nContent-Length: 0\r\n\r\n"
            : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    }
}
