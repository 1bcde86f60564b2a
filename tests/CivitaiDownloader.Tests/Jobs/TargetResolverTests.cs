using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Tests.Catalog;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs;

/// <summary>What the site may answer that the Sandbox does not.</summary>
public sealed class TargetResolverTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Model = """{"id":1,"name":"One","type":"LORA","modelVersions":[{"id":2,"name":"v","files":[{"id":3,"name":"a.safetensors","primary":true,"hashes":{"CRC32":"AAAAAAAA"}}]}]}""";

    [Fact]
    public async Task A_hash_that_the_versions_files_do_not_hold_is_never_another_file()
    {
        await using var fixture = await AnsweringAsync(path => path.Contains("/by-hash/", StringComparison.Ordinal) ? """{"id":2,"modelId":1,"name":"v","files":[{"id":3,"name":"a.safetensors","primary":true,"hashes":{"SHA256":"FF"}}]}""" : Model);

        var found = await FindAsync(fixture, "sha256:" + Sha);
        var refused = await RefusedAsync(fixture, "sha256:" + Sha);

        Assert.Equal(2, found.Version!.Id.Value); // there is something to look at
        Assert.Equal(CatalogFault.NoSuchFile, refused.Fault);
        Assert.Contains(Sha, refused.Message);
    }

    [Fact]
    public async Task A_short_hash_that_two_files_have_is_refused_with_both()
    {
        await using var fixture = await AnsweringAsync(path => path.Contains("/by-hash/", StringComparison.Ordinal)
            ? """{"id":2,"modelId":1,"name":"v","files":[{"id":3,"name":"a","hashes":{"CRC32":"AAAAAAAA"}},{"id":4,"name":"b","hashes":{"AutoV1":"AAAAAAAA"}}]}""" : Model);

        var both = await RefusedAsync(fixture, "aaaaaaaa");
        var one = await new TargetResolver(fixture.Catalog).ResolveAsync(Parse("autov1:aaaaaaaa"), CacheUse.Normal, TestContext.Current.CancellationToken);

        Assert.Equal(CatalogFault.AmbiguousFile, both.Fault);
        Assert.Contains("3 'a'", both.Hint!.Replace("a.safetensors", "a", StringComparison.Ordinal));
        Assert.Contains("4 'b'", both.Hint);
        Assert.Equal(4, one.File!.Id.Value);
    }

    [Theory]
    [InlineData(404, false)]
    [InlineData(500, false)]
    [InlineData(401, false)]
    [InlineData(200, true)]
    public async Task Whether_a_number_is_a_version_too_matters_only_when_the_site_says_so(int status, bool isRefused)
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(context =>
        {
            var isMini = context.Request.Path.Value!.Contains("/mini/", StringComparison.Ordinal);
            context.Response.StatusCode = isMini ? status : 200;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(isMini ? """{"air":"urn:air:sdxl:lora:civitai:77@1","versionName":"v9","modelName":"Other"}""" : Model);
        });

        var outcome = await Record.ExceptionAsync(() => FindAsync(fixture, "1"));

        Assert.Equal(isRefused, outcome is CatalogException { Fault: CatalogFault.AmbiguousNumber });
        Assert.Equal(isRefused, outcome is not null);
        if (isRefused) Assert.Contains("77@1", ((CatalogException)outcome!).Hint);
    }

    [Fact]
    public async Task A_quantisation_that_only_the_models_answer_tells_decides()
    {
        const string version = """{"id":2,"modelId":1,"name":"v","files":[{"id":3,"name":"q4.gguf","type":"Model","metadata":{"format":"GGUF"}},{"id":4,"name":"q8.gguf","type":"Model","metadata":{"format":"GGUF"}},{"id":5,"name":"linked.pt","type":"VAE"}]}""";
        const string model = """{"id":1,"name":"One","type":"LLM","modelVersions":[{"id":2,"name":"v","files":[{"id":3,"name":"q4.gguf","type":"Model","metadata":{"format":"GGUF","quantType":"Q4_K_M"}},{"id":4,"name":"q8.gguf","type":"Model","metadata":{"format":"GGUF","quantType":"Q8_0"}}]}]}""";
        await using var fixture = await AnsweringAsync(path => path.Contains("/model-versions/", StringComparison.Ordinal) ? version : model);

        var q8 = await FindAsync(fixture, "https://civitai.com/api/download/models/2?type=Model&format=GGUF&quantType=Q8_0");
        var vae = await FindAsync(fixture, "https://civitai.com/api/download/models/2?type=VAE"); // linked from another version: only the version's answer has it

        Assert.Equal((4, 5), (q8.File!.Id.Value, vae.File!.Id.Value));
    }

    [Fact]
    public async Task An_archived_version_is_found_by_hash_to_look_at_and_refused_as_archived()
    {
        await using var fixture = await AnsweringAsync(path => path.Contains("/by-hash/", StringComparison.Ordinal)
            ? """{"id":2,"modelId":1,"name":"v","model":{"name":"One","type":"LORA","mode":"Archived"},"files":[]}""" : """{"id":1,"name":"One","type":"LORA","mode":"Archived","modelVersions":[{"id":2,"name":"v"}]}""");

        Assert.Equal(2, (await FindAsync(fixture, "sha256:" + Sha)).Version!.Id.Value);
        Assert.Equal(CatalogFault.Archived, (await RefusedAsync(fixture, "sha256:" + Sha)).Fault);
    }

    private static Target Parse(string text) => new TargetParser(new Uri("https://civitai.com")).Parse(text);

    private static Task<FoundTarget> FindAsync(CatalogFixture fixture, string target) => new TargetResolver(fixture.Catalog).FindAsync(Parse(target), CacheUse.Normal, TestContext.Current.CancellationToken);

    private static Task<CatalogException> RefusedAsync(CatalogFixture fixture, string target) =>
        Assert.ThrowsAsync<CatalogException>(() => new TargetResolver(fixture.Catalog).ResolveAsync(Parse(target), CacheUse.Normal, TestContext.Current.CancellationToken));

    private static Task<CatalogFixture> AnsweringAsync(Func<string, string> answer) => CatalogFixture.AnsweringAsync(context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer(context.Request.Path.Value!));
    });
}
