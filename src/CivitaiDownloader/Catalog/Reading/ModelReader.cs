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
        var served = new ServedSlice(json, context.Body);
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
    public static ModelVersion? ReadVersion(JsonElement json, ReadingContext context) => new VersionReader(context, "").Read(json, new ServedSlice(json, context.Body));

    private static List<ModelVersion> ReadVersions(JsonElement model, ReadingContext context, ServedSlice served)
    {
        var versions = new List<ModelVersion>();
        var reader = new VersionReader(context, "modelVersions[].");
        foreach (var json in model.Items("modelVersions"u8).Take(MostEntries))
        {
            if (reader.Read(json, served) is { } version) versions.Add(version);
        }

        return versions;
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
}
