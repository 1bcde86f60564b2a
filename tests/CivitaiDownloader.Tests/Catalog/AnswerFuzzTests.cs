using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Accounts;
using CivitaiDownloader.Catalog.Collections;
using CivitaiDownloader.Catalog.Creators;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Enumerations;
using CivitaiDownloader.Catalog.Images;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Catalog.Tags;
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

    private static readonly string[] NotRead = ["docs-example.articles-list.json", "docs-example.users.json"]; // endpoints nothing here asks

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("CIVITAI_DL_FUZZ_SEED"), out var seed) ? seed : Random.Shared.Next();
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("CIVITAI_DL_FUZZ_SECONDS"), out var seconds) ? seconds : Soak.Count(30, 600));

    [Fact]
    public void Every_endpoint_is_among_them()
    {
        var made = SampleAnswers.All(1).ToArray();

        Assert.Equal(Enum.GetValues<ApiEndpoint>(), made.Select(answer => answer.Endpoint).Distinct().Order());
        Assert.All(made, answer => Assert.True(Read(answer.Endpoint, Encoding.UTF8.GetBytes(answer.Json)) is { Ids.Count: > 0, Skipped: 0 }, $"{answer.Endpoint}"));
    }

    [Fact]
    public void No_change_to_an_answer_crashes_its_reading_or_costs_more_than_the_item_it_hits()
    {
        output.WriteLine($"seed {Seed}");
        var answers = Answers().GroupBy(answer => answer.Endpoint).Select(group => group.ToArray()).ToArray();
        var counts = new SortedDictionary<string, Count>(StringComparer.Ordinal);
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        for (long round = 0; clock.Elapsed < Share; round++)
        {
            var some = answers[random.Next(answers.Length)];
            var (name, endpoint, json) = some[random.Next(some.Length)];
            var places = JsonPlace.All(json);
            var place = places[random.Next(places.Count)];
            var (changed, what) = Mutation.Apply(json, place, random);
            var where = $"seed {Seed}, round {round}: {name}, {what}";
            var count = counts.GetValueOrDefault(endpoint?.Path ?? "errors", new(0, 0, 0));
            try
            {
                var read = Read(endpoint, changed);
                count = count with { Skipped = count.Skipped + read.Skipped };
                if (IsList(endpoint) && place.Item < 0 && !place.IsFrame) Assert.Equal(Read(endpoint, json).Ids, read.Ids);
                if (IsList(endpoint) && place.Item >= 0) KeptTheOthers(Read(endpoint, json).Ids, place.Item, read, isNothing: IsRows(endpoint) && place.IsEntry && what.EndsWith(": null", StringComparison.Ordinal), where);
            }
            catch (Exception unreadable) when (unreadable is JsonException or FormatException)
            {
                count = count with { Refused = count.Refused + 1 }; // becomes an error of the catalogue's own; of a list it may only be the frame that is broken
                Assert.True(!IsList(endpoint) || place.IsFrame, $"{where}: {unreadable.Message}");
            }
            catch (Exception crash) when (crash is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{where}: {crash}");
            }

            counts[endpoint?.Path ?? "errors"] = count with { Rounds = count.Rounds + 1 };
        }

        foreach (var (path, count) in counts) output.WriteLine($"{path}: {count.Rounds} rounds, {count.Skipped} items skipped, {count.Refused} answers refused");
        Assert.Equal(answers.Length, counts.Count);
        Assert.True(counts.Values.Sum(count => count.Skipped) > 0 && counts.Values.Sum(count => count.Refused) > 0);
    }

    [Fact]
    public void An_answer_cut_or_garbled_anywhere_is_refused_and_nothing_else()
    {
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        var answers = Answers().ToArray();
        while (clock.Elapsed < Share / 10)
        {
            var (name, endpoint, json) = answers[random.Next(answers.Length)];
            var changed = random.Next(2) == 0 ? json[..random.Next(json.Length)] : [.. json];
            for (var i = random.Next(4); i > 0 && changed.Length > 0; i--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                Read(endpoint, changed);
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

    // Every item is read or counted, and those beside the changed one are as they were. A null among rows says that there is nothing, and counts as neither.
    private static void KeptTheOthers(IReadOnlyList<string> before, int changed, ReadAnswer after, bool isNothing, string where)
    {
        Assert.True(before.Count == after.Ids.Count + after.Skipped + (isNothing ? 1 : 0), where);
        Assert.True(before.Where((_, index) => index != changed).SequenceEqual(after.Ids.Count < before.Count ? after.Ids : after.Ids.Where((_, index) => index != changed)), where);
    }

    private static bool IsRows(ApiEndpoint? endpoint) => endpoint is ApiEndpoint.ModelVersionsByHash or ApiEndpoint.ModelVersionIdsByHash or ApiEndpoint.VaultCheck;

    private static bool IsList(ApiEndpoint? endpoint) =>
        IsRows(endpoint) || endpoint is ApiEndpoint.Models or ApiEndpoint.Images or ApiEndpoint.Creators or ApiEndpoint.Tags or ApiEndpoint.VaultItems or ApiEndpoint.Collections;

    // As each service reads it; an error's body where there is no endpoint.
    private static ReadAnswer Read(ApiEndpoint? endpoint, byte[] json)
    {
        var context = new ReadingContext(new(endpoint ?? ApiEndpoint.Models, DateTimeOffset.UnixEpoch), new DriftTally()) { Body = json };
        return endpoint switch
        {
            ApiEndpoint.Models => Models(json, context),
            ApiEndpoint.Model => One(json, root => ModelReader.ReadModel(root, context), model => $"{model.Id}"),
            ApiEndpoint.ModelVersion or ApiEndpoint.ModelVersionByHash => One(json, root => ModelReader.ReadVersion(root, context), version => $"{version.Id}"),
            ApiEndpoint.ModelVersionsByHash => Rows(json, row => ModelReader.ReadVersion(row, context), version => $"{version.Id} {version.Name} {version.Files.Count}"),
            ApiEndpoint.ModelVersionIdsByHash => Rows(json, row => HashLookup.ReadMatch(row, context), match => $"{match}"),
            ApiEndpoint.ModelVersionMini => One(json, root => VersionAccessReader.Read(root, context), access => $"{access.Model} {access.EarlyAccessEndsAt}"),
            ApiEndpoint.Images => Page(json, item => ImagePostReader.Read(item, context), image => $"{image.Id}"),
            ApiEndpoint.Creators => Page(json, item => CreatorDirectory.ReadCreator(item, context), creator => creator.Username),
            ApiEndpoint.Tags => Page(json, item => TagReader.ReadTag(item, context), tag => $"{tag}"),
            ApiEndpoint.Enums => One(json, root => EnumerationReader.ReadEnumerations(root, context), members => $"{members.ModelTypes.Count + members.BaseModels.Count}"),
            ApiEndpoint.Me => One(json, root => AccountReader.ReadAccount(root, context), account => $"{account.Id}"),
            ApiEndpoint.Vault => One(json, root => VaultItemReader.ReadAnswer(root, context), answer => $"{answer.Vault?.User}"),
            ApiEndpoint.VaultItems => Page(json, item => VaultItemReader.ReadItem(item, context), item => $"{item.Id}"),
            ApiEndpoint.VaultCheck => Rows(json, row => VaultItemReader.ReadHolding(row, context), holding => $"{holding.Version} {holding.Item?.Id}"),
            ApiEndpoint.Collections => Page(json, item => CollectionReader.ReadCollection(item, context), collection => $"{collection.Id}"),
            ApiEndpoint.Collection => One(json, root => CollectionReader.ReadCollection(root, context), collection => $"{collection.Id}"),
            null => new([$"{ErrorBody.Message(json)} {ErrorBody.Instant(json, "deadline"u8)}"], 0),
            _ => throw new UnreachableException($"{endpoint} is read by nothing here."),
        };
    }

    private static ReadAnswer Models(byte[] json, ReadingContext context)
    {
        var models = PageReader.Read(json, item => ModelReader.ReadModel(item, context));
        foreach (var model in models.Items) Write(model.Json);
        return new([.. models.Items.Select(model => $"{model.Id} {model.Name} {model.Versions.Count}")], models.Skipped);
    }

    private static ReadAnswer Page<T>(byte[] json, Func<JsonElement, T?> read, Func<T, string> name) where T : class => Named(PageReader.Read(json, read), name);

    private static ReadAnswer Rows<T>(byte[] json, Func<JsonElement, T?> read, Func<T, string> name) where T : class => Named(PageReader.ReadRows(json, read), name);

    private static ReadAnswer Named<T>(ItemPage<T> page, Func<T, string> name) => new([.. page.Items.Select(name)], page.Skipped);

    private static ReadAnswer One<T>(byte[] json, Func<JsonElement, T?> read, Func<T, string> name) where T : class
    {
        using var document = PageReader.One(json);
        return read(document.RootElement) is { } record ? new([name(record)], 0) : throw new FormatException("no record");
    }

    // What --json does with it.
    private static void Write(ReadOnlyMemory<byte> served)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, new() { SkipValidation = true });
        ServedJson.WriteFiles(json, served, _ => true);
    }

    private static IEnumerable<(string Name, ApiEndpoint? Endpoint, byte[] Json)> Answers()
    {
        foreach (var (endpoint, json) in SampleAnswers.All(Seed % 1000)) yield return ($"made {endpoint}", endpoint, Encoding.UTF8.GetBytes(json));
        yield return ("made error", null, """{"error":{"name":"ZodError","message":"[{\"code\":\"too_big\",\"path\":[\"limit\"],\"message\":\"Too big\"}]"},"deadline":"2026-11-25T12:00:00Z"}"""u8.ToArray());
        if (Repository.SharedFixtures is not { } fixtures) yield break;
        foreach (var path in Directory.EnumerateFiles(Path.Combine(fixtures, "civitai"), "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (NotRead.Contains(name)) continue;
            var json = File.ReadAllBytes(path);
            if (name.StartsWith("model-list-item", StringComparison.Ordinal)) json = [.. """{"items":[{"id":1},"""u8, .. json, .. """,{"id":2}],"metadata":{"nextCursor":"1|2"}}"""u8];
            if (name.StartsWith("models-list-items", StringComparison.Ordinal)) json = [.. """{"items":"""u8, .. json, .. ""","metadata":{}}"""u8];
            if (json.Length <= LargestSample) yield return (name, EndpointOf(name), json);
        }
    }

    private static ApiEndpoint? EndpointOf(string fixture) => fixture.Replace("docs-example.", "").Split('.')[0] switch
    {
        "error" => null,
        "model-list-item" or "models-list-items" or "models-list" => ApiEndpoint.Models,
        "model" => ApiEndpoint.Model,
        "model-version" => ApiEndpoint.ModelVersion,
        "model-version-mini" => ApiEndpoint.ModelVersionMini,
        "by-hash-ids" => ApiEndpoint.ModelVersionIdsByHash,
        "images-list" => ApiEndpoint.Images,
        "creators" => ApiEndpoint.Creators,
        "tags" => ApiEndpoint.Tags,
        "me" => ApiEndpoint.Me,
        "vault-get" => ApiEndpoint.Vault,
        "vault-all" => ApiEndpoint.VaultItems,
        "collections-list" => ApiEndpoint.Collections,
        var kind => throw new UnreachableException($"{kind} ({fixture}): which endpoint is that?"),
    };

    private sealed record ReadAnswer(IReadOnlyList<string> Ids, int Skipped);

    private sealed record Count(long Rounds, long Skipped, long Refused);
}
