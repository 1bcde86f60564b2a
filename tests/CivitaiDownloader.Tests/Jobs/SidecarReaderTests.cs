using CivitaiDownloader.Jobs.Verifying;
using CivitaiDownloader.Library.Hashing;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs;

public sealed class SidecarReaderTests : IDisposable
{
    private const string A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.safetensors", 5000, A)] // by its name
    [InlineData("model.ckpt", 2048, B)] // by its size: another tool renamed it
    [InlineData("model.ckpt", 700, null)] // neither
    public void The_file_of_a_version_is_told_by_its_name_then_by_its_size(string name, int bytes, string? expected)
    {
        Beside("model.civitai.info", $$$"""
            {"id":10,"modelId":1,"files":[{"id":100,"name":"Model.safetensors","sizeKB":4.88,"hashes":{"SHA256":"{{{A}}}"}},{"id":101,"name":"other.ckpt","sizeKB":2.0,"hashes":{"SHA256":"{{{B}}}"}}]}
            """);

        var facts = Read(name, bytes);

        Assert.Equal([A, B], facts.All.Select(hash => hash.Sha256.Hex));
        Assert.Equal(expected, facts.Fitting?.Sha256.Hex);
        if (expected == A) Assert.Equal((1L, 10L, 100L), (facts.Fitting!.Origin!.ModelId, facts.Fitting.Origin.VersionId, facts.Fitting.Origin.FileId));
    }

    [Theory]
    [InlineData("model.safetensors.sha256", A + "  model.safetensors\n")]
    [InlineData("model.sha256", A + "\n")]
    [InlineData("model.sha256", B + " *other.safetensors\n" + A + " *model.safetensors\n")]
    [InlineData("model.metadata.json", "{\"file_name\":\"model\",\"sha256\":\"" + A + "\"}")]
    [InlineData("model.json", "{\"sha256\":\"" + A + "\",\"notes\":\"\"}")]
    public void Checksums_and_descriptions_of_other_programs_count(string name, string content)
    {
        Beside(name, content);

        Assert.Equal(A, Read("model.safetensors", 10).Fitting?.Sha256.Hex);
    }

    [Theory]
    [InlineData("model.civitai.info", """{"id":1,"files":[{"id":2,"hashes":{}}]}""")]
    [InlineData("model.sha256", B + "  other.safetensors")]
    [InlineData("model.json", "[]")]
    [InlineData("model.json", """{"sha256":null}""")]
    [InlineData("model.metadata.json", """{"sha256":""}""")]
    public void A_sidecar_that_means_another_file_or_nothing_says_nothing(string name, string content)
    {
        Beside(name, content);

        var facts = Read("model.safetensors", 10);

        Assert.Empty(facts.All);
        Assert.Empty(facts.Broken);
    }

    [Theory]
    [InlineData("model.civitai.info", "not json", "is not JSON")]
    [InlineData("model.civitai.info", "", "is empty")]
    [InlineData("model.civitai.info", "[1]", "describes no version")]
    [InlineData("model.civitai.info", "{}", "describes no version")]
    [InlineData("model.sha256", "aaaa  model.safetensors", "holds no SHA-256")]
    [InlineData("model.safetensors.sha256", "<html>", "holds no SHA-256")]
    [InlineData("model.json", "{", "is not JSON")]
    [InlineData("model.json", """{"sha256":7}""", "has a sha256 that is none")]
    [InlineData("model.metadata.json", """{"sha256":"aaaa"}""", "has a sha256 that is none")]
    public void A_sidecar_that_is_spoilt_says_nothing_and_is_told_of(string name, string content, string why)
    {
        Beside(name, content);

        var facts = Read("model.safetensors", 10);

        Assert.Empty(facts.All);
        var broken = Assert.Single(facts.Broken);
        Assert.Equal(_folder[name], broken.Path);
        Assert.StartsWith(why, broken.Why);
    }

    [Fact]
    public void One_that_is_spoilt_does_not_hide_the_next()
    {
        Beside("model.civitai.info", "{");
        Beside("model.sha256", A);

        var facts = Read("model.safetensors", 10);

        Assert.Equal((A, 1), (facts.Fitting?.Sha256.Hex, facts.Broken.Count));
    }

    private void Beside(string name, string content) => File.WriteAllText(_folder[name], content);

    private SidecarFacts Read(string name, int bytes)
    {
        File.WriteAllBytes(_folder[name], new byte[bytes]);
        return SidecarReader.Read(FileFinder.At(_folder[name]));
    }
}
