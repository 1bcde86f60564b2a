using System.Text.Json;
using System.Text.Json.Nodes;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Cli.Rendering;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>Every recorded answer of the site is read, and re-emitted with nothing lost.</summary>
public sealed class AuthenticAnswersTests
{
    private static readonly string? Folder = Repository.SharedFixtures is { } fixtures ? Path.Combine(fixtures, "civitai") : null;

    [Fact]
    public void Every_model_is_read_and_re_emitted_as_it_came()
    {
        var models = Recorded("model-list-item.*", "model.*", "models-list-items.*", "models-list.*").SelectMany(Items).ToArray();

        Assert.InRange(models.Length, 40, 1000);
        Assert.All(models, recorded =>
        {
            using var document = JsonDocument.Parse(recorded.ToJsonString());
            var model = ModelReader.ReadModel(document.RootElement);
            Assert.NotNull(model);
            Assert.Equal(recorded["id"]!.GetValue<long>(), model.Id.Value);
            Assert.Equal(recorded["name"]!.GetValue<string>(), model.Name);
            Assert.Equal(recorded["modelVersions"]?.AsArray().Count ?? 0, model.Versions.Count);
            Assert.Equal(recorded["modelVersions"]?.AsArray().Sum(version => version!["files"]?.AsArray().Count ?? 0) ?? 0, model.Versions.Sum(version => version.Files.Count));

            Assert.True(JsonNode.DeepEquals(recorded, Without(Emit(json => ServedJson.WriteModel(json, model.Json, inLibrary: true)), "inLibrary")), model.Name);
            Assert.True(JsonNode.DeepEquals(recorded, Without(Emit(json => ServedJson.WriteFiles(json, model.Json, _ => true)), "inLibrary")), model.Name);
        });
    }

    [Fact]
    public void Every_version_is_read_with_all_its_files_and_hashes()
    {
        Assert.All(Recorded("model-version.*"), recorded =>
        {
            using var document = JsonDocument.Parse(recorded.ToJsonString());
            var version = ModelReader.ReadVersion(document.RootElement);
            Assert.NotNull(version);
            Assert.Equal(recorded["files"]!.AsArray().Count, version.Files.Count);
            Assert.Equal(recorded["modelId"]!.GetValue<long>(), version.ModelId!.Value.Value);
            Assert.Contains(version.Files, file => file.IsPrimary);
            Assert.All(recorded["files"]!.AsArray().Zip(version.Files), pair => Assert.Equal(pair.First!["hashes"]!["SHA256"]!.GetValue<string>().ToLowerInvariant(), pair.Second.Sha256!.Value.Hex));
            Assert.True(JsonNode.DeepEquals(recorded, JsonNode.Parse(version.Json.Span)));
        });
    }

    [Fact]
    public void Every_page_is_read_with_its_cursor()
    {
        Assert.All(Files("models-list.*"), path =>
        {
            var page = PageReader.Read(File.ReadAllBytes(path));
            Assert.NotEmpty(page.Items);
            Assert.Equal(0, page.Skipped);
        });
    }

    [Fact]
    public void Every_recorded_error_gives_its_sentence() =>
        Assert.All(Files("error.*"), path => Assert.NotNull(ErrorBody.Message(File.ReadAllBytes(path))));

    private static IEnumerable<string> Files(params string[] patterns)
    {
        if (Folder is null) Assert.Skip("The shared fixtures are not beside this checkout.");
        var found = patterns.SelectMany(pattern => Directory.EnumerateFiles(Folder, pattern + "json")).Distinct().ToArray();
        Assert.NotEmpty(found);
        return found;
    }

    private static IEnumerable<JsonNode> Recorded(params string[] patterns) => Files(patterns).Select(path => JsonNode.Parse(File.ReadAllBytes(path))!);

    private static IEnumerable<JsonNode> Items(JsonNode recorded) => recorded switch
    {
        JsonArray array => array.Select(item => item!),
        JsonObject page when page.ContainsKey("items") => page["items"]!.AsArray().Select(item => item!),
        _ => [recorded],
    };

    private static JsonNode Emit(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return JsonNode.Parse(buffer.ToArray())!;
    }

    private static JsonNode Without(JsonNode node, string name)
    {
        if (node is JsonArray array) foreach (var item in array) if (item is not null) Without(item, name);
        if (node is JsonObject bag)
        {
            bag.Remove(name);
            foreach (var (_, value) in bag) if (value is not null) Without(value, name);
        }

        return node;
    }
}
