using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Catalog.Collections;
using CivitaiDownloader.Catalog.Creators;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Images;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Catalog.Vaults;
using CivitaiDownloader.Cli.Rendering;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>
/// Every recorded answer, or in a fresh clone every made one, changed at random for half a minute (CIVITAI_DL_FUZZ_SECONDS): never a crash, never a lost page, always a count of what was
/// skipped. The seed is printed; CIVITAI_DL_FUZZ_SEED repeats it.
/// </summary>
public sealed class AnswerFuzzTests(ITestOutputHelper output)
{
    private const int LargestSample = 90_000;

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("CIVITAI_DL_FUZZ_SEED"), out var seed) ? seed : Random.Shared.Next();
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("CIVITAI_DL_FUZZ_SECONDS"), out var seconds) ? seconds : Soak.Count(30, 600));

    [Fact]
    public void No_change_to_an_answer_crashes_its_reading_or_costs_more_than_the_item_it_hits()
    {
        output.WriteLine($"seed {Seed}");
        var answers = Answers().ToArray();
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        long rounds = 0, skipped = 0, refused = 0;
        for (; clock.Elapsed < Share; rounds++)
        {
            var (name, kind, json) = answers[random.Next(answers.Length)];
            var places = JsonPlace.All(json);
            var place = places[random.Next(places.Count)];
            var (changed, what) = Mutation.Apply(json, place, random);
            try
            {
                var read = Read(kind, changed);
                skipped += read.Skipped;
                if (IsPage(kind) && place.Item >= 0) KeptTheOthers(Read(kind, json).Ids, place.Item, read, $"seed {Seed}, round {rounds}: {name}, {what}");
            }
            catch (Exception unreadable) when (unreadable is JsonException or FormatException)
            {
                refused++; // becomes an error of the catalogue's own; of a page it may only be the page's frame that is broken
                Assert.True(!IsPage(kind) || place.Item < 0, $"seed {Seed}, round {rounds}: {name}, {what}: {unreadable.Message}");
            }
            catch (Exception crash) when (crash is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, round {rounds}: {name}, {what}: {crash}");
            }
        }

        output.WriteLine($"{rounds} rounds over {answers.Length} answers, {skipped} items skipped, {refused} answers refused");
        Assert.True(rounds > 10 && skipped > 0 && refused > 0);
    }

    [Fact]
    public void An_answer_cut_or_garbled_anywhere_is_refused_and_nothing_else()
    {
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        var answers = Answers().ToArray();
        while (clock.Elapsed < Share / 10)
        {
            var (name, kind, json) = answers[random.Next(answers.Length)];
            var changed = random.Next(2) == 0 ? json[..random.Next(json.Length)] : [.. json];
            for (var i = random.Next(4); i > 0 && changed.Length > 0; i--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                Read(kind, changed);
            }
            catch (Exception refused) when (refused is JsonException or FormatException)
            {
                // As it should.
            }
            catch (Exception crash)
            {
                Assert.Fail($"seed {Seed}: {name}: {crash}");
            }
        }
    }

    // Every item is read or counted, and those beside the changed one are as they were.
    private static void KeptTheOthers(IReadOnlyList<string> before, int changed, ReadAnswer after, string where)
    {
        Assert.True(before.Count == after.Ids.Count + after.Skipped, where);
        Assert.True(before.Where((_, index) => index != changed).SequenceEqual(after.Skipped > 0 ? after.Ids : after.Ids.Where((_, index) => index != changed)), where);
    }

    private static bool IsPage(string kind) => kind is not ("model" or "version" or "error" or "other");

    private static ReadAnswer Read(string kind, byte[] json)
    {
        var context = new ReadingContext(null, new DriftTally());
        switch (kind)
        {
            case "models":
                var models = PageReader.Read(json, context);
                foreach (var model in models.Items) Write(model.Json);
                return new([.. models.Items.Select(model => $"{model.Id} {model.Name} {model.Versions.Count}")], models.Skipped);
            case "images": return Page(PageReader.Read(json, item => ImagePostReader.Read(item, context)), image => image.Id.ToString());
            case "creators": return Page(PageReader.Read(json, item => CreatorDirectory.ReadCreator(item, context)), creator => creator.Username);
            case "vault": return Page(PageReader.Read(json, item => VaultItemReader.ReadItem(item, context)), item => item.Id.ToString());
            case "collections": return Page(PageReader.Read(json, item => CollectionReader.ReadCollection(item, context)), collection => collection.Id.ToString());
            case "tags": return Page(PageReader.Read(json, item => item.Text("name"u8)), name => name);
            case "model": return One(json, root => ModelReader.ReadModel(root, context) is { } model ? $"{model.Id}" : null);
            case "version": return One(json, root => ModelReader.ReadVersion(root, context) is { } version ? $"{version.Id}" : null);
            case "error": return new([ErrorBody.Message(json) ?? ""], 0);
            default: return One(json, root => root.Text("id"u8) ?? "");
        }
    }

    private static ReadAnswer Page<T>(ItemPage<T> page, Func<T, string> name) => new([.. page.Items.Select(name)], page.Skipped);

    private static ReadAnswer One(byte[] json, Func<JsonElement, string?> read)
    {
        using var document = PageReader.One(json);
        return read(document.RootElement) is { } id ? new([id], 0) : new([], 1);
    }

    // What --json does with it.
    private static void Write(ReadOnlyMemory<byte> served)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, new() { SkipValidation = true });
        ServedJson.WriteFiles(json, served, _ => true);
    }

    private static IEnumerable<(string Name, string Kind, byte[] Json)> Answers()
    {
        foreach (var (kind, json) in SampleAnswers.All(Seed % 1000)) yield return ("made " + kind, kind, Encoding.UTF8.GetBytes(json));
        yield return ("made error", "error", """{"error":{"name":"ZodError","message":"[{\"code\":\"too_big\",\"path\":[\"limit\"],\"message\":\"Too big\"}]"}}"""u8.ToArray());
        if (Repository.SharedFixtures is not { } fixtures) yield break;
        foreach (var path in Directory.EnumerateFiles(Path.Combine(fixtures, "civitai"), "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var json = File.ReadAllBytes(path);
            var kind = KindOf(name);
            if (name.StartsWith("model-list-item", StringComparison.Ordinal)) json = [.. """{"items":[{"id":1},"""u8, .. json, .. """,{"id":2}],"metadata":{"nextCursor":"1|2"}}"""u8];
            if (name.StartsWith("models-list-items", StringComparison.Ordinal)) json = [.. """{"items":"""u8, .. json, .. ""","metadata":{}}"""u8];
            if (json.Length <= LargestSample) yield return (name, kind, json);
        }
    }

    private static string KindOf(string fixture) => fixture switch
    {
        _ when fixture.StartsWith("model-list-item", StringComparison.Ordinal) || fixture.Contains("models-list", StringComparison.Ordinal) => "models",
        _ when fixture.StartsWith("model-version.", StringComparison.Ordinal) => "version",
        _ when fixture.StartsWith("model.", StringComparison.Ordinal) => "model",
        _ when fixture.Contains("images-list", StringComparison.Ordinal) => "images",
        _ when fixture.Contains("creators", StringComparison.Ordinal) => "creators",
        _ when fixture.Contains("tags", StringComparison.Ordinal) => "tags",
        _ when fixture.Contains("vault-all", StringComparison.Ordinal) => "vault",
        _ when fixture.Contains("collections", StringComparison.Ordinal) => "collections",
        _ when fixture.StartsWith("error.", StringComparison.Ordinal) => "error",
        _ => "other",
    };

    private sealed record ReadAnswer(IReadOnlyList<string> Ids, int Skipped);
}
