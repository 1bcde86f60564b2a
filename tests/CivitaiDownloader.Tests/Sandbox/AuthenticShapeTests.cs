using System.Text.Json;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

/// <summary>Holds the Sandbox's answers to recorded ones: no key of theirs may be missing in ours.</summary>
public sealed class AuthenticShapeTests() : SandboxSession(new() { Models = 0 })
{
    // Not every file has them: AutoV1 needs 2 MiB, a picture's prompt and a creator's face are nobody's concern here.
    private static readonly string[] Optional = [".hashes.AutoV1", ".metadata.isRequired", ".items[].meta.", ".items[].image"];

    [Theory]
    [InlineData("model-list-item.lora.2851602.2026-08.json", "api/v1/models?ids=4201", "items.0")]
    [InlineData("model.lora.2833924.2026-08.json", "api/v1/models/4201", "")]
    [InlineData("docs-example.model-version-mini.json", "api/v1/model-versions/mini/42010", "")]
    [InlineData("docs-example.images-list.json", "api/v1/images?limit=1", "")]
    [InlineData("docs-example.creators.json", "api/v1/creators?limit=1", "")]
    [InlineData("docs-example.tags.json", "api/v1/tags?limit=1", "")]
    public async Task No_key_of_a_recorded_answer_is_missing(string fixture, string path, string at)
    {
        if (Repository.SharedFixtures is not { } folder) { Assert.Skip("No shared fixtures beside this checkout."); return; }
        using var recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "civitai", fixture), Ended));

        var ours = await JsonAsync(path);
        foreach (var step in at.Split('.', StringSplitOptions.RemoveEmptyEntries)) ours = int.TryParse(step, out var index) ? ours[index] : ours.GetProperty(step);

        var missing = Keys(recorded.RootElement, "").Except(Keys(ours, "")).Where(key => !Optional.Any(key.Contains)).ToArray();
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Keys(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Keys(property.Value, $"{path}.{property.Name}").Prepend($"{path}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Keys(item, path + "[]")),
        _ => [],
    };
}
