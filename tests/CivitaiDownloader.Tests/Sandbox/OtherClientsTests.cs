using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

/// <summary>Another client, one that knows nothing of ours: curl, as people use it against the site.</summary>
public sealed class OtherClientsTests() : SandboxSession(new() { Models = 30 })
{
    [Fact]
    public async Task Curl_walks_the_list_by_its_own_links_and_fetches_a_file()
    {
        using var folder = new TemporaryFolder();
        var seen = new List<int>();
        for (var next = $"{Sandbox.Api}api/v1/models?limit=20&nsfw=true"; next is not null;)
        {
            using var page = JsonDocument.Parse(await CurlAsync("-fsS", next));
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));
            next = page.RootElement.GetProperty("metadata").TryGetProperty("nextPage", out var link) ? link.GetString() : null;
        }

        await CurlAsync("-fsSL", "-H", "Authorization: Bearer " + SandboxOptions.DefaultKey, "-o", folder["model"], $"{Sandbox.Api}api/download/models/42090");

        Assert.Equal(Sandbox.Catalogue.All.Where(model => model.Mode != "Archived").Select(model => model.Id).Order(), seen.Order());
        Assert.Equal(Sandbox.Catalogue.File(SampleIds.LoginRequired * 100)!.Value.File.Content.Hashes.Sha256, Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(folder["model"], Ended))));
    }

    [Theory]
    [InlineData("42010", "400")]
    [InlineData("42290", "403")]
    public async Task Curl_that_carries_the_key_to_the_store_is_refused_there(string version, string status) =>
        Assert.Equal(status, await CurlAsync("-sSL", "--location-trusted", "-H", "Authorization: Bearer " + SandboxOptions.DefaultKey, "-o", "/dev/null", "-w", "%{http_code}", $"{Sandbox.Api}api/download/models/{version}"));

    [Fact]
    public async Task Curl_that_calls_itself_a_browser_saves_a_page_for_a_model() =>
        Assert.Contains("<!DOCTYPE html>", await CurlAsync("-sSL", "-A", "Mozilla/5.0", $"{Sandbox.Api}api/download/models/42090"));

    [Fact]
    public async Task Curl_resumes_where_it_was()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["model"], Content(420100)[..5000], Ended);

        await CurlAsync("-fsSL", "-C", "-", "-o", folder["model"], $"{Sandbox.Api}api/download/models/42010");

        Assert.Equal(Content(420100), await File.ReadAllBytesAsync(folder["model"], Ended));
        Assert.Equal(Content(420100).Length - 5000, Sandbox.Ledger.Of(420100).Served);
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("curl") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend("*").Prepend("--noproxy").Prepend("-q")) start.ArgumentList.Add(argument); // neither its settings nor a proxy
        try
        {
            using var curl = Process.Start(start)!;
            var output = curl.StandardOutput.ReadToEndAsync(Ended);
            var error = await curl.StandardError.ReadToEndAsync(Ended);
            await curl.WaitForExitAsync(Ended);
            Assert.True(curl.ExitCode == 0, error);
            return await output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no curl here.");
            return "";
        }
    }
}
