using CivitaiDownloader.Catalog;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

public sealed class FileTraitsChoiceTests
{
    private static readonly ModelFile[] Files =
    [
        new() { Id = new(1), Name = "q4.gguf", Type = "Model", Format = "GGUF", QuantType = "Q4_K_M" },
        new() { Id = new(2), Name = "q8.gguf", Type = "Model", Format = "GGUF", QuantType = "Q8_0" },
        new() { Id = new(3), Name = "full.safetensors", Type = "Model", Format = "SafeTensor", Size = "full", Precision = "fp32" },
        new() { Id = new(4), Name = "pruned.safetensors", Type = "Pruned Model", Format = "SafeTensor", Size = "pruned", Precision = "fp16" },
        new() { Id = new(5), Name = "vae.safetensors", Type = "VAE" },
    ];

    public static TheoryData<long, FileTraits> Wanted => new()
    {
        { 2, new() { Type = "Model", Format = "GGUF", QuantType = "Q8_0" } },
        { 1, new() { Format = "GGUF" } }, // the site's own preference
        { 3, new() { Size = "full" } },
        { 4, new() { Format = "SafeTensor" } },
        { 4, new() { Precision = "fp16", Size = "pruned" } },
        { 5, new() { Type = "VAE" } },
        { 5, new() { Type = "vae", Precision = "fp16" } }, // what is not known of a file does not speak against it
    };

    [Theory]
    [MemberData(nameof(Wanted))]
    public void The_file_that_an_address_describes_is_chosen(long expected, FileTraits wanted) => Assert.Equal(expected, FileTraitsChoice.Choose(Files, "it", wanted).Id.Value);

    [Fact]
    public void What_does_not_fit_is_named_and_nothing_else_is_taken()
    {
        var type = Assert.Throws<CatalogException>(() => FileTraitsChoice.Choose(Files, "it", new() { Type = "Hologram" }));
        var several = Assert.Throws<CatalogException>(() => FileTraitsChoice.Choose(Files[2..4], "it", new() { Size = "full", Precision = "fp16" }));

        Assert.Equal((CatalogFault.NoSuchFile, CatalogFault.NoSuchFile), (type.Fault, several.Fault));
        Assert.Contains("it has no file with the type 'Hologram'", type.Message);
        Assert.Contains("the size 'full' and the precision 'fp16'", several.Message);
    }
}
