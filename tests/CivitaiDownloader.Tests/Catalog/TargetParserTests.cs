using CivitaiDownloader.Catalog;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

public sealed class TargetParserTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly TargetParser Parser = new(new Uri("http://127.0.0.1:8123"));

    [Theory]
    [InlineData("4201", "4201")]
    [InlineData("  4201 ", "4201")]
    [InlineData("model:4201", "model:4201")]
    [InlineData("version:42010", "version:42010")]
    [InlineData("version:42010+420100", "version:42010+420100")]
    [InlineData("4201@42010", "4201@42010")]
    [InlineData("4201@42010+420100", "4201@42010+420100")]
    [InlineData("https://civitai.com/models/4201", "model:4201")]
    [InlineData("https://civitai.com/models/4201/ink-wash?modelVersionId=42010", "4201@42010")]
    [InlineData("https://www.civitai.red/models/4201/ink-wash#reviews", "model:4201")]
    [InlineData("http://civitai.green/models/4201?x=1&modelVersionId=42010", "4201@42010")]
    [InlineData("civitai.com/models/4201", "model:4201")]
    [InlineData("www.civitai.com/models/4201/slug", "model:4201")]
    [InlineData("127.0.0.1:8123/models/4201", "model:4201")]
    [InlineData("http://127.0.0.1:8123/models/4201", "model:4201")]
    [InlineData("https://civitai.com/api/v1/models/4201", "model:4201")]
    [InlineData("https://civitai.com/model-versions/42010", "version:42010")]
    [InlineData("https://civitai.com/api/download/models/42010", "version:42010")]
    [InlineData("https://api.civitai.com/download/models/42010", "version:42010")]
    [InlineData("https://civitai.com/api/download/models/42010?fileId=420100&token=0123456789abcdef", "version:42010+420100")]
    [InlineData("urn:air:sdxl:lora:civitai:4201", "model:4201")]
    [InlineData("urn:air:sdxl:lora:civitai:4201@42010", "4201@42010")]
    [InlineData("URN:AIR:sdxl:lora:civitai:4201@42010+420100", "4201@42010+420100")]
    [InlineData("air:sdxl:lora:civitai:4201@42010.safetensors", "4201@42010")]
    [InlineData("civitai:4201@42010", null)]
    [InlineData("sha256:" + Sha, "sha256:" + Sha)]
    [InlineData("BLAKE3:" + Sha, "blake3:" + Sha)]
    [InlineData("autov1:ABCDEF12", "autov1:abcdef12")]
    [InlineData("AutoV2:0123456789", "autov2:0123456789")]
    [InlineData("autov3:0123456789ab", "autov3:0123456789ab")]
    [InlineData("autov3:" + Sha, "autov3:" + Sha)]
    [InlineData("crc32:12345678", "crc32:12345678")]
    [InlineData(Sha, Sha)]
    [InlineData("ABCDEF12", "abcdef12")]
    [InlineData("abcdef1234", "abcdef1234")]
    [InlineData("abcdef123456", "abcdef123456")]
    public void A_target_is_read_and_written_so_that_it_reads_back(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<FormatException>(() => Parser.Parse(text));
            return;
        }

        var target = Parser.Parse(text);

        Assert.Equal(expected, target.ToString());
        Assert.Equal(expected, Parser.Parse(expected).ToString());
    }

    [Theory]
    [InlineData("12345678", "model:12345678 or version:12345678 or autov1:12345678 or crc32:12345678")]
    [InlineData("1234567890", "model:1234567890 or version:1234567890 or autov2:1234567890")]
    [InlineData("123456789012", "write autov3:123456789012")]
    [InlineData("99999999999", "whole numbers from 1 to 2147483647")]
    [InlineData("0", "not an id")]
    [InlineData("model:0", "not an id")]
    [InlineData("https://example.org/models/1", "example.org")]
    [InlineData("https://civitai.com.example.org/models/1", "civitai.com.example.org")]
    [InlineData("https://civitai.com@example.org/models/1", "example.org")]
    [InlineData("https://civitaı.com/models/1", "not on Civitai")]
    [InlineData("https://civitai.com:8443/x", "page of a model")]
    [InlineData("javascript://civitai.com/models/1", "not an address")]
    [InlineData("https://civitai.com/images/123", "not the page of a model")]
    [InlineData("https://civitai.com/models/abc", "not an id")]
    [InlineData("urn:air:sdxl:lora:huggingface:1@2", "huggingface")]
    [InlineData("sha256:abc", "digits of a Sha256")]
    [InlineData("./nothing-here.safetensors", "There is no file")]
    [InlineData("nothing-here.gguf", "There is no file")]
    [InlineData("/", "is a folder")]
    [InlineData("ink wash", "not a target")]
    [InlineData("", "is empty")]
    public void What_is_no_target_is_refused_with_what_is_allowed(string text, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => Parser.Parse(text)).Message);

    [Theory]
    [InlineData("type=VAE", "VAE", null, null, null, null)]
    [InlineData("type=Training%20Data", "Training Data", null, null, null, null)]
    [InlineData("type=Model&format=PickleTensor&size=pruned&fp=fp16&quantType=Q8_0&token=secret", "Model", "PickleTensor", "pruned", "fp16", "Q8_0")]
    [InlineData("type=&format=GGUF", null, "GGUF", null, null, null)]
    public void A_descriptive_address_keeps_what_it_describes(string query, string? type, string? format, string? size, string? precision, string? quantType)
    {
        var target = Assert.IsType<Target.ByFile>(Parser.Parse("https://civitai.com/api/download/models/42020?" + query));

        Assert.Equal(new FileTraits { Type = type, Format = format, Size = size, Precision = precision, QuantType = quantType }, target.Traits);
    }

    [Fact]
    public void A_file_that_is_there_is_one_whatever_its_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["no extension"], "x");

        Assert.Equal(folder["no extension"], Assert.IsType<Target.ByPath>(Parser.Parse(folder["no extension"])).Path);
    }

    [Theory]
    [InlineData("https://civitai.com/api/download/models/1?token=SECRET", "https://civitai.com/api/download/models/1")]
    [InlineData("https://civitai.com/api/download/models/1?token=SECRET&type=VAE", "https://civitai.com/api/download/models/1?type=VAE")]
    [InlineData("https://civitai.com/api/download/models/1?type=VAE&TOKEN=SECRET", "https://civitai.com/api/download/models/1?type=VAE")]
    [InlineData("https://civitai.com/api/download/models/1?type=VAE&token=SECRET&fp=fp16", "https://civitai.com/api/download/models/1?type=VAE&fp=fp16")]
    [InlineData("https://civitai.com/models/1?token=SECRET#token=SECRET", "https://civitai.com/models/1")]
    [InlineData("https://me:SECRET@civitai.com/models/1", "https://civitai.com/models/1")]
    [InlineData("https://civitai.com/models/1%3Ftoken%3DSECRET", "https://civitai.com/models/1")]
    [InlineData("https://civitai.com/models/1?api_key=SECRET", "https://civitai.com/models/1")]
    [InlineData("4201@42010", "4201@42010")]
    [InlineData("models/token=kept.safetensors", "models/token=kept.safetensors")]
    public void A_pasted_key_is_cut_out(string text, string expected) => Assert.Equal(expected, TargetText.WithoutSecrets(text));

    [Theory]
    [InlineData("https://example.org/?token=SECRET")]
    [InlineData("https://me:SECRET@example.org/models/1")]
    [InlineData("https://civitai.com/images/1&token=SECRET")]
    [InlineData("nonsense?token=SECRET")]
    [InlineData("https://civitai.com/models/4201;token=SECRET/x")]
    public void No_error_shows_a_pasted_key(string text)
    {
        var said = Record.Exception(() => Parser.Parse(text))?.Message ?? "";

        Assert.DoesNotContain("SECRET", said);
    }
}
