using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Naming;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

public sealed class PlacementTemplateTests
{
    private static readonly PlacementFacts Facts = new()
    {
        Type = "LORA", BaseModel = "SDXL 1.0", Creator = "ana", ModelName = "Ink / wash", VersionName = "v1.0", FileName = "ink.safetensors",
        ModelId = 4201, VersionId = 7, FileId = 9,
    };

    [Theory]
    [InlineData(PlacementTemplate.Default, "LORA/SDXL 1.0/ana/Ink _ wash - v1.0/ink.safetensors")]
    [InlineData("{modelId}/{versionId}/{fileId}-{fileStem}.{extension}", "4201/7/9-ink.safetensors")]
    [InlineData("all/{FILENAME}", "all/ink.safetensors")]
    public void Fields_are_filled_in(string template, string expected) => Assert.Equal(expected, PlacementTemplate.Parse(template).Render(Facts));

    [Fact]
    public void A_value_never_makes_a_folder_or_climbs_out()
    {
        var facts = Facts with { Creator = "../../..", ModelName = "..", VersionName = @"..\..", FileName = "../../x.pt", Type = "/" };

        var path = PlacementTemplate.Parse(PlacementTemplate.Default).Render(facts);

        Assert.Equal(5, path.Split('/').Length);
        Assert.DoesNotContain(path.Split('/'), component => component.Trim('.', ' ').Length == 0);
    }

    [Fact]
    public void Missing_facts_have_names_of_their_own() => Assert.Equal(
        "Other/unknown creator/ink.safetensors", PlacementTemplate.Parse("{baseModel}/{creator}/{fileName}").Render(Facts with { BaseModel = null, Creator = " " }));

    [Theory]
    [InlineData("{type}/{nonsense}/{fileName}", "nonsense", "position 8")]
    [InlineData("{type/{fileName}", "'{type/{fileName}'", "position 1")]
    [InlineData("type}/{fileName}", "'}' without", "position 1")]
    [InlineData("{type}//{fileName}", "empty component", "position 8")]
    [InlineData("{type}/{extension}", "only {extension}", "position 19")]
    [InlineData("../{fileName}", "dots only", "position 1")]
    [InlineData("{type}\\{fileName}", "backslash", "position 1")]
    [InlineData("{type}/{modelName}", "lose their type", "position")]
    public void A_mistake_is_named_with_its_place(string template, string what, string where)
    {
        var error = Assert.Throws<LibraryException>(() => PlacementTemplate.Parse(template));

        Assert.Equal(LibraryFault.TemplateInvalid, error.Fault);
        Assert.Contains(what, error.Message);
        Assert.Contains(where, error.Message);
        Assert.Contains("Nothing was downloaded", error.Hint);
    }
}
