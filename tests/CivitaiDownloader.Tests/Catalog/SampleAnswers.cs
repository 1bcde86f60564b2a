using System.Text.Json.Nodes;
using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>Answers in the shapes and sizes of the site's own (civitai-api 3–10), made from a seed: what a fresh clone reads, mutates and times.</summary>
internal static class SampleAnswers
{
    private static readonly string[] Types = ["LORA", "Checkpoint", "TextualInversion", "LoCon", "Workflows", "VAE"];
    private static readonly string[] BaseModels = ["SD 1.5", "SDXL 1.0", "Pony", "Illustrious", "Flux.1 D", "Krea 2"];
    private static readonly string[] Words = ["style", "portrait", "水彩", "🦊", "landscape", "detailed", "light", "<em>soft</em>", "\"quoted\"", "anime", "Åland", "render"];

    /// <summary>A page of <c>/models</c>; 100 models are a few MiB, as on the site.</summary>
    public static byte[] Page(int seed, int models)
    {
        var random = new Random(seed);
        var items = new JsonArray([.. Enumerable.Range(0, models).Select(index => Model(random, (seed * 1000) + index + 1, isList: true))]);
        return System.Text.Encoding.UTF8.GetBytes(Envelope(items, new() { ["nextCursor"] = "123|456|789", ["nextPage"] = "https://civitai.com/api/v1/models?cursor=123%7C456%7C789" }).ToJsonString());
    }

    /// <summary>At least one answer of every endpoint.</summary>
    public static IEnumerable<(ApiEndpoint Endpoint, string Json)> All(int seed)
    {
        const string Collection = """{"id":1201,"name":"c","description":null,"type":"Model","mode":"Contest","nsfwLevel":1,"read":"Public","isPublic":true,"itemCount":42,"coverImageUrl":"https://x/y.jpeg","user":{"id":4,"username":"u"}}""";
        const string VaultItem = """{"id":9,"vaultId":1,"status":"Stored","modelVersionId":2,"modelId":3,"modelName":"m","versionName":"v","creatorName":null,"type":"LORA","baseModel":"Pony","category":"","modelSizeKb":5,"createdAt":"2025-04-01T08:30:00.000Z","addedAt":"2025-04-01T08:30:00.000Z","refreshedAt":null,"meta":{"failures":0},"coverImageUrl":null,"files":[{"id":4,"sizeKB":5,"url":"https://x","displayName":"f"}]}""";
        var random = new Random(seed);
        yield return (ApiEndpoint.Models, System.Text.Encoding.UTF8.GetString(Page(seed, 5)));
        yield return (ApiEndpoint.Model, Model(random, 77, isList: false).ToJsonString());
        yield return (ApiEndpoint.ModelVersion, Version(random, 770, isList: false).ToJsonString());
        yield return (ApiEndpoint.ModelVersionByHash, Version(random, 771, isList: false).ToJsonString());
        yield return (ApiEndpoint.ModelVersionsByHash, new JsonArray(Version(random, 772, isList: false), Version(random, 773, isList: false)).ToJsonString());
        yield return (ApiEndpoint.ModelVersionIdsByHash, new JsonArray([.. Enumerable.Range(1, 20).Select(id => new JsonObject { ["modelVersionId"] = id, ["modelId"] = id * 2, ["hash"] = Hex(random, 64) })]).ToJsonString());
        yield return (ApiEndpoint.ModelVersionMini, """{"air":"urn:air:sdxl:checkpoint:civitai:827184@2514310","versionName":"v16.0","modelName":"M","baseModel":"Illustrious","availability":"Public","publishedAt":"2025-12-18T09:16:12.062Z","size":6775430.35,"hashes":{"AutoV1":"4748A7F6"},"downloadUrls":["https://x"],"requireAuth":false,"checkPermission":false,"earlyAccessEndsAt":null,"freeTrialLimit":null}""");
        yield return (ApiEndpoint.Images, Envelope(new([.. Enumerable.Range(1, 5).Select(id => Post(random, id))]), new() { ["nextCursor"] = "12|1712265847499" }).ToJsonString());
        yield return (ApiEndpoint.Creators, Envelope(new([.. Enumerable.Range(1, 5).Select(id => new JsonObject { ["username"] = $"creator_{id}", ["modelCount"] = id, ["link"] = "https://x", ["image"] = "https://x/y.jpeg" })]),
            new() { ["totalItems"] = 46, ["currentPage"] = 1, ["pageSize"] = 5, ["totalPages"] = 10, ["nextPage"] = "https://civitai.com/api/v1/creators?page=2" }).ToJsonString());
        yield return (ApiEndpoint.Tags, Envelope(new([.. Enumerable.Range(1, 20).Select(id => new JsonObject { ["name"] = $"tag {id}", ["modelCount"] = id, ["link"] = "https://x" })]), new() { ["totalItems"] = 0, ["currentPage"] = 1, ["totalPages"] = 1 }).ToJsonString());
        yield return (ApiEndpoint.Enums, """{"ModelType":["Checkpoint","LORA"],"ModelFileType":["Model","Text Encoder"],"ActiveBaseModel":["Pony","SDXL 1.0"],"BaseModel":["Pony","SDXL 1.0","ODOR"],"BaseModelType":["Standard"],"Newer":["x"]}""");
        yield return (ApiEndpoint.Me, """{"id":12345,"username":"you","tier":"founder","status":"active","isMember":true,"subscriptions":["monthly"],"tokenScope":7,"buzzLimit":null,"subject":{"type":"apiKey","id":1}}""");
        yield return (ApiEndpoint.Vault, """{"vault":{"userId":12345,"storageKb":1048576,"usedStorageKb":6775430,"meta":{},"updatedAt":"2025-04-01T08:30:00.000Z"}}""");
        yield return (ApiEndpoint.Vault, """{"vault":null}""");
        yield return (ApiEndpoint.VaultItems, $$"""{"items":[{{VaultItem}},{"id":10,"files":[]}],"totalItems":2,"currentPage":1,"pageSize":60,"totalPages":1}""");
        yield return (ApiEndpoint.VaultCheck, "[{\"modelVersionId\":2,\"vaultItem\":" + VaultItem + "},{\"modelVersionId\":3,\"vaultItem\":null}]");
        yield return (ApiEndpoint.Collections, $$"""{"items":[{{Collection}},{"id":1,"tags":[{"id":5,"name":"anime"}]}],"metadata":{"nextCursor":1180} }""");
        yield return (ApiEndpoint.Collection, Collection);
    }

    private static JsonObject Envelope(JsonArray items, JsonObject metadata) => new() { ["items"] = items, ["metadata"] = metadata };

    private static JsonObject Model(Random random, int id, bool isList) => new()
    {
        ["id"] = id, ["name"] = Text(random, 4), ["description"] = "<p>" + Text(random, random.Next(20, 300)) + "</p>", ["allowNoCredit"] = true,
        ["allowCommercialUse"] = random.Next(2) == 0 ? new JsonArray("Image", "RentCivit") : "{Image,RentCivit}", ["allowDerivatives"] = true, ["allowDifferentLicense"] = false,
        ["type"] = Pick(random, Types), ["minor"] = false, ["sfwOnly"] = false, ["poi"] = false, ["nsfw"] = false, ["nsfwLevel"] = 7, ["availability"] = "Public", ["userId"] = id * 3,
        ["baseModels"] = new JsonArray("SDXL 1.0"), ["cosmetic"] = null, ["supportsGeneration"] = true,
        ["stats"] = new JsonObject { ["downloadCount"] = random.Next(100_000), ["thumbsUpCount"] = random.Next(9_000), ["thumbsDownCount"] = 3, ["commentCount"] = 12, ["tippedAmountCount"] = null },
        ["creator"] = new JsonObject { ["username"] = "creator_" + random.Next(1000), ["image"] = "https://image.civitai.com/xG1nkqKTMzGDvpLrqFT7WA/uuid/width=96/a.jpeg" },
        ["tags"] = new JsonArray([.. Enumerable.Range(0, 8).Select(_ => (JsonNode)Pick(random, Words))]),
        ["modelVersions"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 5)).Select(index => Version(random, (id * 10) + index, isList))]),
    };

    private static JsonObject Version(Random random, int id, bool isList) => new()
    {
        ["id"] = id, ["index"] = 0, ["name"] = "v1.0", ["baseModel"] = Pick(random, BaseModels), ["baseModelType"] = "Standard", ["createdAt"] = "2026-02-01T10:00:00.123Z",
        ["publishedAt"] = "2026-02-01T12:00:00.123Z", ["status"] = "Published", ["flags"] = 0, ["availability"] = "Public", ["nsfwLevel"] = 1,
        ["description"] = random.Next(2) == 0 ? null : "<p>" + Text(random, 40) + "</p>", ["trainedWords"] = new JsonArray(Text(random, 2), Text(random, 30)), ["vaeId"] = null,
        ["paidAccess"] = null, ["stats"] = new JsonObject { ["downloadCount"] = random.Next(5_000), ["thumbsUpCount"] = 12, ["thumbsDownCount"] = 0 },
        [isList ? "supportsGeneration" : "covered"] = true,
        ["files"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(index => File(random, (id * 10) + index, isPrimary: index == 0))]),
        ["images"] = new JsonArray([.. Enumerable.Range(0, random.Next(4, 21)).Select(index => Image(random, (id * 100) + index))]),
        ["downloadUrl"] = $"https://civitai.com/api/download/models/{id}",
    };

    private static JsonObject File(Random random, int id, bool isPrimary)
    {
        var file = new JsonObject
        {
            ["id"] = id, ["sizeKB"] = random.Next() / 7.0, ["name"] = $"sample_{id}.safetensors", ["overrideName"] = null, ["type"] = isPrimary ? "Model" : "Training Data", ["pickleScanResult"] = "Success",
            ["pickleScanMessage"] = "No Pickle imports", ["virusScanResult"] = "Success", ["virusScanMessage"] = null, ["scannedAt"] = "2026-02-01T11:00:00.938Z",
            ["metadata"] = new JsonObject { ["format"] = "SafeTensor", ["size"] = "pruned", ["fp"] = "fp16" },
            ["hashes"] = new JsonObject { ["AutoV1"] = Hex(random, 8), ["AutoV2"] = Hex(random, 10), ["SHA256"] = Hex(random, 64), ["CRC32"] = Hex(random, 8), ["BLAKE3"] = Hex(random, 64), ["AutoV3"] = Hex(random, 12) },
            ["downloadUrl"] = $"https://civitai.com/api/download/models/{id / 10}?fileId={id}",
        };
        if (isPrimary) file["primary"] = true;
        return file;
    }

    private static JsonObject Image(Random random, int id) => new()
    {
        ["id"] = id, ["url"] = $"https://image.civitai.com/xG1nkqKTMzGDvpLrqFT7WA/{Guid.Empty}/original=true/{id}.jpeg", ["nsfwLevel"] = 1 << random.Next(5), ["width"] = 832, ["height"] = 1216,
        ["hash"] = "UA8N5},:Ioni~C#laKxaoznNwvx]XmRkVstR", ["type"] = random.Next(9) == 0 ? "video" : "image", ["minor"] = false, ["poi"] = false, ["hasMeta"] = true, ["hasPositivePrompt"] = true,
        ["onSite"] = false, ["remixOfId"] = null,
    };

    private static JsonObject Post(Random random, int id)
    {
        var post = Image(random, id);
        post["nsfwLevel"] = "Soft";
        post["browsingLevel"] = 2;
        post["username"] = random.Next(3) == 0 ? id * 1234 : "somebody";
        post["createdAt"] = "2025-04-17T21:28:57.225Z";
        post["modelVersionIds"] = new JsonArray(1, 2, 3);
        post["stats"] = new JsonObject { ["cryCount"] = 1, ["likeCount"] = 2, ["heartCount"] = null };
        post["meta"] = new JsonObject { ["id"] = id, ["meta"] = new JsonObject { ["prompt"] = Text(random, 30), ["seed"] = 1938345220L * random.Next(1, 1_000_000), ["steps"] = 45, ["resources"] = new JsonArray() } };
        return post;
    }

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Pick(random, Words)));

    private static string Hex(Random random, int digits) => string.Concat(Enumerable.Range(0, digits).Select(_ => "0123456789ABCDEF"[random.Next(16)]));

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
