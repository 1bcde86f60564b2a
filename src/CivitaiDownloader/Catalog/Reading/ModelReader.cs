using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads models, versions and files in the shapes of all endpoints (civitai-api 3.4, 4, 5). Null only where there is no id to call the thing by.</summary>
internal static class ModelReader
{
    private const int MostEntries = 10_000; // of any list: far above what the site has, far below what hurts

    public static Model? ReadModel(JsonElement json)
    {
        if (json.Whole("id"u8) is not (> 0 and var id)) return null;
        return new()
        {
            Id = new(id),
            Name = json.Text("name"u8) ?? $"model {id}",
            Type = json.Text("type"u8) ?? "Other",
            Mode = json.Text("mode"u8),
            Description = json.Text("description"u8),
            Nsfw = json.Flag("nsfw"u8),
            NsfwLevel = (int?)json.Whole("nsfwLevel"u8),
            Availability = json.Text("availability"u8),
            Creator = json.Get("creator"u8)?.Text("username"u8),
            Tags = json.Texts("tags"u8),
            License = LicenseReader.Read(json),
            Stats = ReadStats(json.Get("stats"u8)),
            Versions = [.. json.Items("modelVersions"u8).Take(MostEntries).Select(ReadVersion).OfType<ModelVersion>()],
            Json = Copy(json),
        };
    }

    public static ModelVersion? ReadVersion(JsonElement json)
    {
        if (json.Whole("id"u8) is not (> 0 and var id)) return null;
        return new()
        {
            Id = new(id),
            Name = json.Text("name"u8) ?? $"version {id}",
            ModelId = json.Whole("modelId"u8) is > 0 and var model ? new ModelId(model) : null,
            BaseModel = json.Text("baseModel"u8),
            BaseModelType = json.Text("baseModelType"u8),
            PublishedAt = json.Instant("publishedAt"u8) ?? json.Instant("createdAt"u8),
            Availability = json.Text("availability"u8),
            Description = json.Text("description"u8),
            TrainedWords = json.Texts("trainedWords"u8),
            EarlyAccess = ReadEarlyAccess(json),
            UsageControl = json.Text("usageControl"u8),
            Air = json.Text("air"u8),
            Files = [.. json.Items("files"u8).Take(MostEntries).Select(ReadFile).OfType<ModelFile>()],
            Images = [.. json.Items("images"u8).Take(MostEntries).Select(ReadImage).OfType<ModelImage>()],
            Model = json.Get("model"u8) is { } summary ? new(summary.Text("name"u8) ?? "", summary.Text("type"u8) ?? "Other", summary.Text("mode"u8)) : null,
            Json = Copy(json),
        };
    }

    private static ModelFile? ReadFile(JsonElement json)
    {
        if (json.Whole("id"u8) is not (> 0 and var id)) return null;
        var metadata = json.Get("metadata"u8) ?? default;
        return new()
        {
            Id = new(id),
            Name = json.Text("name"u8) ?? "",
            Type = json.Text("type"u8) ?? "Model",
            SizeKB = json.Real("sizeKB"u8),
            Format = metadata.Text("format"u8) ?? json.Text("format"u8), // at the top in 2023
            Precision = metadata.Text("fp"u8),
            Size = metadata.Text("size"u8),
            QuantType = metadata.Text("quantType"u8),
            IsPrimary = json.Flag("primary"u8) == true,
            Hashes = ReadHashes(json.Get("hashes"u8)),
            PickleScan = json.Text("pickleScanResult"u8),
            VirusScan = json.Text("virusScanResult"u8),
            DownloadUrl = json.Text("downloadUrl"u8),
        };
    }

    private static List<ContentHash> ReadHashes(JsonElement? hashes)
    {
        var read = new List<ContentHash>(6);
        if (hashes is not { ValueKind: JsonValueKind.Object } found) return read;
        foreach (var hash in found.EnumerateObject())
        {
            // A value that does not have the digits of its kind is no hash: never cut, never taken for another kind.
            if (KindOf(hash.Name) is { } kind && ContentHash.TryParse(kind, JsonFields.AsText(hash.Value), out var value)) read.Add(value);
        }

        return read;
    }

    private static HashKind? KindOf(string name) => name.ToUpperInvariant() switch
    {
        "SHA256" => HashKind.Sha256,
        "BLAKE3" => HashKind.Blake3,
        "AUTOV1" => HashKind.AutoV1,
        "AUTOV2" => HashKind.AutoV2,
        "AUTOV3" => HashKind.AutoV3,
        "CRC32" => HashKind.Crc32,
        _ => null,
    };

    private static EarlyAccess? ReadEarlyAccess(JsonElement version)
    {
        if (version.Get("paidAccess"u8) is { ValueKind: JsonValueKind.Object } paid)
            return new(paid.Flag("permanent"u8) == true, paid.Instant("endsAt"u8));
        if ((version.Instant("earlyAccessDeadline"u8) ?? version.Instant("earlyAccessEndsAt"u8)) is { } end) return new(Permanent: false, end);
        // 2023: so many days from the day it came out.
        return version.Whole("earlyAccessTimeFrame"u8) is > 0 and < 3650 and var days
            && (version.Instant("publishedAt"u8) ?? version.Instant("createdAt"u8)) is { } from
            ? new(Permanent: false, from.AddDays(days))
            : null;
    }

    private static ModelImage? ReadImage(JsonElement json) => Uri.TryCreate(json.Text("url"u8), UriKind.Absolute, out var url)
        ? new(url, json.Text("type"u8), (int?)json.Whole("nsfwLevel"u8), (int?)json.Whole("width"u8), (int?)json.Whole("height"u8))
        : null;

    private static ModelStats ReadStats(JsonElement? stats) => stats is not { } found ? new() : new()
    {
        Downloads = found.Whole("downloadCount"u8),
        ThumbsUp = found.Whole("thumbsUpCount"u8),
        ThumbsDown = found.Whole("thumbsDownCount"u8),
        Comments = found.Whole("commentCount"u8),
    };

    private static byte[] Copy(JsonElement json) => JsonMarshal.GetRawUtf8Value(json).ToArray();
}
