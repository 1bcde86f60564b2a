using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Writes models as <c>/models</c> and <c>/models/:id</c> do (civitai-api 3.4, 4).</summary>
internal sealed class ModelJson(Utf8JsonWriter json, JsonForm form, Origins origins)
{
    private readonly FileJson _files = new(json, form, origins);

    /// <summary>Whether only each version's primary file is shown.</summary>
    public bool PrimaryFileOnly { get; init; }

    /// <summary>Bit mask of the levels whose pictures are shown.</summary>
    public int Levels { get; init; } = Rating.All;

    public void Write(SampleModel model, IEnumerable<SampleVersion> versions)
    {
        json.WriteStartObject();
        json.WriteNumber("id", model.Id);
        json.WriteString("name", model.Name);
        json.WriteString("description", model.Description);
        json.WriteBoolean("allowNoCredit", model.Id % 2 == 0);
        CommercialUseText.Write(json, model.CommercialUse);
        json.WriteBoolean("allowDerivatives", true);
        json.WriteBoolean("allowDifferentLicense", model.Id % 3 == 0);
        json.WriteString("type", model.Type);
        json.WriteBoolean("minor", false);
        json.WriteBoolean("sfwOnly", false);
        json.WriteBoolean("poi", model.IsRealPerson);
        json.WriteBoolean("nsfw", model.Nsfw);
        json.WriteNumber("nsfwLevel", model.NsfwLevel);
        json.WriteString("availability", model.Availability);
        json.WriteNumber("userId", CreatorId(model));
        json.Texts("baseModels", [.. model.Versions.Select(version => version.BaseModel).Distinct()]);
        json.WriteNull("cosmetic");
        json.WriteBoolean("supportsGeneration", model.SupportsGeneration);
        Stats(model);
        Creator(model);
        json.Texts("tags", model.Tags);
        if (model.Mode is not null) json.WriteString("mode", model.Mode);
        json.WriteStartArray("modelVersions");
        foreach (var version in versions.Where(version => version.Files.Count > 0)) Version(model, version); // without a file it is dropped
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The number an account would have; the same for the same name on every machine.</summary>
    public static int CreatorId(SampleModel model) => (model.Creator ?? "").Aggregate(17, (sum, c) => ((sum * 31) + c) & 0xFFFFFF);

    private void Version(SampleModel model, SampleVersion version)
    {
        json.WriteStartObject();
        json.WriteNumber("id", version.Id);
        json.WriteNumber("index", model.Versions.ToList().IndexOf(version));
        json.WriteString("name", version.Name);
        json.WriteString("baseModel", version.BaseModel);
        json.Optional("baseModelType", version.BaseModelType, form);
        if (form == JsonForm.ById) json.Instant("createdAt", version.PublishedAt.AddHours(-3));
        json.Instant("publishedAt", version.PublishedAt);
        if (form == JsonForm.ById) json.WriteString("status", "Published");
        json.WriteNumber("flags", 0);
        json.WriteString("availability", version.Availability);
        json.WriteNumber("nsfwLevel", model.NsfwLevel);
        json.Optional("description", version.Description, form);
        if (form.KeepsEmpty || version.TrainedWords.Count > 0) json.Texts("trainedWords", version.TrainedWords);
        if (version.LinkedVae is { } linked) json.WriteNumber("vaeId", linked.Version);
        else json.Optional("vaeId", null, form);
        if (version.EndsAt is { } end) json.Instant("earlyAccessDeadline", end);
        VersionJson.PaidAccess(json, version, form);
        json.WriteStartObject("stats");
        json.Count("downloadCount", model.Downloads);
        json.Count("thumbsUpCount", model.ThumbsUp);
        json.WriteNumber("thumbsDownCount", 0);
        json.WriteEndObject();
        json.WriteBoolean(form == JsonForm.ById ? "covered" : "supportsGeneration", model.SupportsGeneration);
        _files.Write(model, version, PrimaryFileOnly ? FilesShown.PrimaryOnly : FilesShown.All);
        new ImageJson(json, form, origins) { Levels = Levels }.Write(model, version);
        json.WriteEndObject();
    }

    private void Stats(SampleModel model)
    {
        json.WriteStartObject("stats");
        if (model.HasCounts)
        {
            json.Count("downloadCount", model.Downloads);
            json.Count("thumbsUpCount", model.ThumbsUp);
            json.WriteNumber("thumbsDownCount", 0);
            json.Count("commentCount", model.Comments);
            json.Count("tippedAmountCount", null);
        }

        json.WriteEndObject();
    }

    private void Creator(SampleModel model)
    {
        if (model.Creator is null && !model.IsCreatorNameless) return;
        json.WriteStartObject("creator");
        json.WriteString("username", model.Creator);
        json.WriteNull("image");
        json.WriteEndObject();
    }
}
