using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads versions in the shapes of all endpoints (civitai-api 3.4, 4, 5). One reader for all versions of an object; not for two threads.</summary>
/// <param name="path">Where they are, for what is counted as new: <c>modelVersions[].</c>; empty for one that stands alone.</param>
internal sealed class VersionReader(ReadingContext context, string path)
{
    private static readonly int Id = KnownFields.Version.IndexOf("id"u8);
    private static readonly int Name = KnownFields.Version.IndexOf("name"u8);
    private static readonly int ModelId = KnownFields.Version.IndexOf("modelId"u8);
    private static readonly int BaseModel = KnownFields.Version.IndexOf("baseModel"u8);
    private static readonly int BaseModelType = KnownFields.Version.IndexOf("baseModelType"u8);
    private static readonly int PublishedAt = KnownFields.Version.IndexOf("publishedAt"u8);
    private static readonly int CreatedAt = KnownFields.Version.IndexOf("createdAt"u8);
    private static readonly int UpdatedAt = KnownFields.Version.IndexOf("updatedAt"u8);
    private static readonly int Status = KnownFields.Version.IndexOf("status"u8);
    private static readonly int NsfwLevel = KnownFields.Version.IndexOf("nsfwLevel"u8);
    private static readonly int SupportsGeneration = KnownFields.Version.IndexOf("supportsGeneration"u8);
    private static readonly int Covered = KnownFields.Version.IndexOf("covered"u8);
    private static readonly int VaeId = KnownFields.Version.IndexOf("vaeId"u8);
    private static readonly int Availability = KnownFields.Version.IndexOf("availability"u8);
    private static readonly int Description = KnownFields.Version.IndexOf("description"u8);
    private static readonly int TrainedWords = KnownFields.Version.IndexOf("trainedWords"u8);
    private static readonly int UsageControl = KnownFields.Version.IndexOf("usageControl"u8);
    private static readonly int Air = KnownFields.Version.IndexOf("air"u8);
    private static readonly int Model = KnownFields.Version.IndexOf("model"u8);
    private static readonly int Stats = KnownFields.Version.IndexOf("stats"u8);
    private static readonly int PaidAccess = KnownFields.Version.IndexOf("paidAccess"u8);
    private static readonly int EarlyAccessDeadline = KnownFields.Version.IndexOf("earlyAccessDeadline"u8);
    private static readonly int EarlyAccessEndsAt = KnownFields.Version.IndexOf("earlyAccessEndsAt"u8);
    private static readonly int EarlyAccessTimeFrame = KnownFields.Version.IndexOf("earlyAccessTimeFrame"u8);

    private readonly FieldSlots _fields = new(KnownFields.Version);

    /// <param name="served">The object that holds it, or itself.</param>
    /// <returns>Null where there is no id to call it by.</returns>
    public ModelVersion? Read(JsonElement json, ServedSlice served)
    {
        _fields.Read(json, context.Drift, path);
        if (JsonFields.AsWhole(_fields[Id]) is not (> 0 and var id)) return null;
        CountNew();
        var (published, created) = (JsonFields.AsInstant(_fields[PublishedAt]), JsonFields.AsInstant(_fields[CreatedAt]));
        return new()
        {
            Id = new(id),
            Name = JsonFields.AsText(_fields[Name]) ?? $"version {id}",
            ModelId = JsonFields.AsWhole(_fields[ModelId]) is > 0 and var model ? new ModelId(model) : null,
            BaseModel = context.Member(_fields[BaseModel], KnownValues.BaseModel, path, "baseModel"),
            BaseModelType = context.Member(_fields[BaseModelType], KnownValues.BaseModelType, path, "baseModelType"),
            PublishedAt = published ?? created,
            CreatedAt = created,
            UpdatedAt = JsonFields.AsInstant(_fields[UpdatedAt]),
            Status = context.Member(_fields[Status], KnownValues.Status, path, "status"),
            NsfwLevel = (int?)JsonFields.AsWhole(_fields[NsfwLevel]),
            SupportsGeneration = Reconciled.SupportsGeneration(_fields[SupportsGeneration], _fields[Covered]),
            VaeVersion = JsonFields.AsWhole(_fields[VaeId]) is > 0 and var vae ? new ModelVersionId(vae) : null,
            Availability = context.Member(_fields[Availability], KnownValues.Availability, path, "availability"),
            Description = JsonFields.AsText(_fields[Description]),
            TrainedWords = JsonFields.AsTexts(_fields[TrainedWords]),
            EarlyAccess = ReadEarlyAccess(published ?? created),
            UsageControl = context.Member(_fields[UsageControl], KnownValues.UsageControl, path, "usageControl"),
            Air = JsonFields.AsText(_fields[Air]),
            Files = FileReader.Read(json, context, path + "files[]."),
            Images = ImageReader.Read(json, context, path + "images[]."),
            Model = _fields[Model] is { } summary ? ReadSummary(summary) : null,
            Json = served.Of(json),
            Source = context.Source,
        };
    }

    private ModelSummary ReadSummary(JsonElement json) => new(
        json.Text("name"u8) ?? "", context.Member(json, "type"u8, KnownValues.ModelType, "model.") ?? "Other", context.Member(json, "mode"u8, KnownValues.Mode, "model."));

    private EarlyAccess? ReadEarlyAccess(DateTimeOffset? from)
    {
        if (_fields[PaidAccess] is { ValueKind: JsonValueKind.Object } paid) return new(paid.Flag("permanent"u8) == true, paid.Instant("endsAt"u8));
        if ((JsonFields.AsInstant(_fields[EarlyAccessDeadline]) ?? JsonFields.AsInstant(_fields[EarlyAccessEndsAt])) is { } end) return new(Permanent: false, end);
        // 2023: so many days from the day it came out. A day that no calendar reaches is no end.
        return JsonFields.AsWhole(_fields[EarlyAccessTimeFrame]) is > 0 and < 3650 and var days && from is { } start && start <= DateTimeOffset.MaxValue.AddDays(-days)
            ? new(Permanent: false, start.AddDays(days))
            : null;
    }

    private void CountNew()
    {
        if (context.Drift is not { } drift) return;
        drift.Fields(_fields[Stats] ?? default, KnownFields.Stats, path + "stats.");
        drift.Fields(_fields[PaidAccess] ?? default, KnownFields.PaidAccess, path + "paidAccess.");
        drift.Fields(_fields[Model] ?? default, KnownFields.VersionModel, path + "model.");
    }
}
