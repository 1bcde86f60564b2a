using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads models, versions and files in the shapes of all endpoints (civitai-api 3.4, 4, 5). Null only where there is no id to call the thing by.</summary>
internal static class ModelReader
{
    private const int MostEntries = 10_000; // of any list: far above what the site has, far below what hurts

    public static Model? ReadModel(JsonElement json) => ReadModel(json, ReadingContext.None);

    public static Model? ReadModel(JsonElement json, ReadingContext context)
    {
        if (json.Whole("id"u8) is not (> 0 and var id)) return null;
        CountNew(json, context.Drift);
        var served = new Served(json);
        return new()
        {
            Id = new(id),
            Name = json.Text("name"u8) ?? $"model {id}",
            Type = context.Member(json, "type"u8, KnownValues.ModelType, "") ?? "Other",
            Mode = context.Member(json, "mode"u8, KnownValues.Mode, ""),
            Description = json.Text("description"u8),
            Nsfw = json.Flag("nsfw"u8),
            NsfwLevel = (int?)json.Whole("nsfwLevel"u8),
            Minor = json.Flag("minor"u8),
            RealPerson = json.Flag("poi"u8),
            SupportsGeneration = json.Flag("supportsGeneration"u8),
            Availability = context.Member(json, "availability"u8, KnownValues.Availability, ""),
            Creator = json.Get("creator"u8)?.Text("username"u8),
            CreatorId = json.Whole("userId"u8),
            Tags = Reconciled.Tags(json),
            License = LicenseReader.Read(json),
            Stats = ReadStats(json.Get("stats"u8)),
            Versions = ReadVersions(json, context, served),
            Json = served.Json,
            Source = context.Source,
        };
    }

    public static ModelVersion? ReadVersion(JsonElement json) => ReadVersion(json, ReadingContext.None);

    /// <summary>A version that stands alone (civitai-api 5).</summary>
    public static ModelVersion? ReadVersion(JsonElement json, ReadingContext context) => ReadVersion(json, context, new Served(json), "");

    private static List<ModelVersion> ReadVersions(JsonElement model, ReadingContext context, Served served)
    {
        var versions = new List<ModelVersion>();
        foreach (var json in model.Items("modelVersions"u8).Take(MostEntries))
        {
            if (ReadVersion(json, context, served, "modelVersions[].") is { } version) versions.Add(version);
        }

        return versions;
    }

    private static ModelVersion? ReadVersion(JsonElement json, ReadingContext context, Served served, string path)
    {
        if (json.Whole("id"u8) is not (> 0 and var id)) return null;
        CountNewOfVersion(json, context.Drift, path);
        return new()
        {
            Id = new(id),
            Name = json.Text("name"u8) ?? $"version {id}",
            ModelId = json.Whole("modelId"u8) is > 0 and var model ? new ModelId(model) : null,
            BaseModel = context.Member(json, "baseModel"u8, KnownValues.BaseModel, path),
            BaseModelType = context.Member(json, "baseModelType"u8, KnownValues.BaseModelType, path),
            PublishedAt = json.Instant("publishedAt"u8) ?? json.Instant("createdAt"u8),
            CreatedAt = json.Instant("createdAt"u8),
            UpdatedAt = json.Instant("updatedAt"u8),
            Status = context.Member(json, "status"u8, KnownValues.Status, path),
            NsfwLevel = (int?)json.Whole("nsfwLevel"u8),
            SupportsGeneration = Reconciled.SupportsGeneration(json),
            VaeVersion = json.Whole("vaeId"u8) is > 0 and var vae ? new ModelVersionId(vae) : null,
            Availability = context.Member(json, "availability"u8, KnownValues.Availability, path),
            Description = json.Text("description"u8),
            TrainedWords = json.Texts("trainedWords"u8),
            EarlyAccess = ReadEarlyAccess(json),
            UsageControl = context.Member(json, "usageControl"u8, KnownValues.UsageControl, path),
            Air = json.Text("air"u8),
            Files = FileReader.Read(json, context, path + "files[]."),
            Images = ImageReader.Read(json, context, path + "images[]."),
            Model = json.Get("model"u8) is { } summary ? ReadSummary(summary, context) : null,
            Json = served.Of(json),
            Source = context.Source,
        };
    }

    private static ModelSummary ReadSummary(JsonElement json, ReadingContext context) => new(
        json.Text("name"u8) ?? "", context.Member(json, "type"u8, KnownValues.ModelType, "model.") ?? "Other", context.Member(json, "mode"u8, KnownValues.Mode, "model."));

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

    private static ModelStats ReadStats(JsonElement? stats) => stats is not { } found ? new() : new()
    {
        Downloads = found.Whole("downloadCount"u8),
        ThumbsUp = found.Whole("thumbsUpCount"u8),
        ThumbsDown = found.Whole("thumbsDownCount"u8),
        Comments = found.Whole("commentCount"u8),
    };

    private static void CountNew(JsonElement model, DriftTally? drift)
    {
        if (drift is null) return;
        drift.Fields(model, KnownFields.Model, "");
        drift.Fields(model.Get("stats"u8) ?? default, KnownFields.Stats, "stats.");
        drift.Fields(model.Get("creator"u8) ?? default, KnownFields.Creator, "creator.");
    }

    private static void CountNewOfVersion(JsonElement version, DriftTally? drift, string path)
    {
        if (drift is null) return;
        drift.Fields(version, KnownFields.Version, path);
        drift.Fields(version.Get("stats"u8) ?? default, KnownFields.Stats, path + "stats.");
        drift.Fields(version.Get("paidAccess"u8) ?? default, KnownFields.PaidAccess, path + "paidAccess.");
        drift.Fields(version.Get("model"u8) ?? default, KnownFields.VersionModel, path + "model.");
    }

    /// <summary>An object's own copy of its JSON: a page's bytes are let go although a model of it is kept. What is inside it are slices of that copy.</summary>
    private readonly struct Served(JsonElement whole)
    {
        public ReadOnlyMemory<byte> Json { get; } = JsonMarshal.GetRawUtf8Value(whole).ToArray();

        public ReadOnlyMemory<byte> Of(JsonElement part)
        {
            var bytes = JsonMarshal.GetRawUtf8Value(part);
            return JsonMarshal.GetRawUtf8Value(whole).Overlaps(bytes, out var at) ? Json.Slice(at, bytes.Length) : bytes.ToArray();
        }
    }
}
