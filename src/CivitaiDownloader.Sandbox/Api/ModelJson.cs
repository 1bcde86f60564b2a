using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Which endpoint is asked: the three show the same model differently (civitai-api 6.5).</summary>
internal enum JsonForm
{
    /// <summary><c>/models</c>: nulls and empty lists kept.</summary>
    List,

    /// <summary><c>/models/:id</c>: nulls and empty lists left out inside versions.</summary>
    ById,

    /// <summary><c>/model-versions/:id</c> and by hash.</summary>
    Version,
}

/// <summary>Where addresses inside an answer point.</summary>
internal sealed record Origins(string Api, string Images);

/// <summary>Writes models as the site's endpoints do.</summary>
internal sealed class ModelJson(Utf8JsonWriter json, JsonForm form, Origins origins)
{
    public void Model(SampleModel model, IEnumerable<SampleVersion> versions)
    {
        json.WriteStartObject();
        json.WriteNumber("id", model.Id);
        json.WriteString("name", model.Name);
        json.WriteString("description", model.Description);
        json.WriteBoolean("allowNoCredit", model.Id % 2 == 0);
        CommercialUse(model.CommercialUse);
        json.WriteBoolean("allowDerivatives", true);
        json.WriteBoolean("allowDifferentLicense", model.Id % 3 == 0);
        json.WriteString("type", model.Type);
        json.WriteBoolean("minor", false);
        json.WriteBoolean("sfwOnly", false);
        json.WriteBoolean("poi", false);
        json.WriteBoolean("nsfw", model.Nsfw);
        json.WriteNumber("nsfwLevel", model.NsfwLevel);
        json.WriteString("availability", model.Availability);
        json.WriteNull("cosmetic");
        json.WriteBoolean("supportsGeneration", false);
        ModelStats(model);
        if (model.Creator is not null) Creator(model.Creator);
        Texts("tags", model.Tags);
        if (model.Mode is not null) json.WriteString("mode", model.Mode);
        json.WriteStartArray("modelVersions");
        foreach (var (version, index) in versions.Select((version, index) => (version, index))) VersionInside(model, version, index);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Version(SampleModel model, SampleVersion version)
    {
        json.WriteStartObject();
        json.WriteNumber("id", version.Id);
        json.WriteNumber("modelId", model.Id);
        json.WriteString("name", version.Name);
        json.WriteNumber("nsfwLevel", model.NsfwLevel);
        json.WriteString("createdAt", Instant(version.PublishedAt.AddHours(-3)));
        json.WriteString("updatedAt", Instant(version.PublishedAt.AddHours(1)));
        json.WriteString("status", "Published");
        json.WriteString("publishedAt", Instant(version.PublishedAt));
        Texts("trainedWords", version.TrainedWords);
        json.WriteNull("trainingStatus");
        json.WriteNull("trainingDetails");
        json.WriteString("baseModel", version.BaseModel);
        json.WriteNull("baseModelType");
        json.WriteString("description", version.Description);
        json.WriteString("uploadType", "Created");
        json.WriteString("usageControl", version.Access == SampleAccess.DownloadsDisabled ? "Generation" : "Download");
        json.WriteNull("licensingFee");
        PaidAccess(version);
        json.WriteString("air", $"urn:air:sdxl:{AirType(model.Type)}:civitai:{model.Id}@{version.Id}");
        json.WriteStartObject("stats");
        Count("downloadCount", model.Downloads);
        json.WriteNumber("thumbsUpCount", model.ThumbsUp);
        json.WriteEndObject();
        json.WriteStartObject("model");
        json.WriteString("name", model.Name);
        json.WriteString("type", model.Type);
        json.WriteBoolean("nsfw", model.Nsfw);
        json.WriteBoolean("poi", false);
        if (model.Mode is not null) json.WriteString("mode", model.Mode);
        json.WriteEndObject();
        Files(model, version);
        Images(model, version, most: 10);
        json.WriteEndObject();
    }

    private void VersionInside(SampleModel model, SampleVersion version, int index)
    {
        json.WriteStartObject();
        json.WriteNumber("id", version.Id);
        json.WriteNumber("index", index);
        json.WriteString("name", version.Name);
        json.WriteString("baseModel", version.BaseModel);
        Optional("baseModelType", null);
        if (form == JsonForm.ById) json.WriteString("createdAt", Instant(version.PublishedAt.AddHours(-3)));
        json.WriteString("publishedAt", Instant(version.PublishedAt));
        if (form == JsonForm.ById) json.WriteString("status", "Published");
        json.WriteString("availability", "Public");
        json.WriteNumber("nsfwLevel", model.NsfwLevel);
        Optional("description", version.Description);
        if (form == JsonForm.List || version.TrainedWords.Count > 0) Texts("trainedWords", version.TrainedWords);
        Optional("vaeId", null);
        if (version.EndsAt is { } end) json.WriteString("earlyAccessDeadline", Instant(end));
        PaidAccess(version);
        json.WriteStartObject("stats");
        Count("downloadCount", model.Downloads);
        json.WriteNumber("thumbsUpCount", model.ThumbsUp);
        json.WriteNumber("thumbsDownCount", 0);
        json.WriteEndObject();
        json.WriteBoolean(form == JsonForm.ById ? "covered" : "supportsGeneration", false);
        Files(model, version);
        Images(model, version, most: 20);
        json.WriteEndObject();
    }

    private void Files(SampleModel model, SampleVersion version)
    {
        var files = model.Mode == "Archived" ? [] : version.Files;
        if (files.Count == 0)
        {
            if (form != JsonForm.ById) Texts("files", []);
            return;
        }

        var primary = PrimaryFile.Of(files);
        json.WriteStartArray("files");
        foreach (var file in files) File(version, file, file == primary);
        json.WriteEndArray();
        json.WriteString("downloadUrl", $"{origins.Api}/api/download/models/{version.Id}");
    }

    private void File(SampleVersion version, SampleFile file, bool isPrimary)
    {
        json.WriteStartObject();
        json.WriteNumber("id", file.Id);
        json.WriteNumber("sizeKB", file.Declared.Length / 1024.0);
        json.WriteString("name", file.Name);
        json.WriteString("type", file.Type);
        json.WriteString("pickleScanResult", file.HasHashes ? file.ScanResult : "Pending");
        json.WriteNull("pickleScanMessage");
        json.WriteString("virusScanResult", file.HasHashes ? "Success" : "Pending");
        json.WriteNull("virusScanMessage");
        if (file.HasHashes) json.WriteString("scannedAt", form == JsonForm.Version ? version.PublishedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF", CultureInfo.InvariantCulture) : Instant(version.PublishedAt));
        else json.WriteNull("scannedAt");
        Metadata(file);
        Hashes(file);
        json.WriteString("downloadUrl", $"{origins.Api}/api/download/models/{version.Id}" + (form == JsonForm.Version || !isPrimary ? $"?fileId={file.Id}" : ""));
        if (form == JsonForm.Version) json.WriteBoolean("primary", isPrimary);
        else if (isPrimary) json.WriteBoolean("primary", true);
        json.WriteEndObject();
    }

    private void Metadata(SampleFile file)
    {
        if (!file.HasMetadata && form == JsonForm.List)
        {
            json.WriteNull("metadata");
            return;
        }

        json.WriteStartObject("metadata");
        if (file.HasMetadata)
        {
            Optional("format", file.Format);
            Optional("size", file.Size);
            Optional("fp", file.Precision);
            if (form != JsonForm.Version && file.QuantType is not null) json.WriteString("quantType", file.QuantType);
        }

        json.WriteEndObject();
    }

    private void Hashes(SampleFile file)
    {
        json.WriteStartObject("hashes");
        if (file.HasHashes)
        {
            var hashes = file.Declared.Hashes;
            if (hashes.AutoV1 is not null) json.WriteString("AutoV1", hashes.AutoV1);
            json.WriteString("AutoV2", hashes.AutoV2);
            json.WriteString("SHA256", hashes.Sha256);
            if (hashes.Crc32 is not null) json.WriteString("CRC32", hashes.Crc32);
            if (hashes.Blake3 is not null) json.WriteString("BLAKE3", hashes.Blake3);
            if (hashes.AutoV3 is not null) json.WriteString("AutoV3", hashes.AutoV3);
        }

        json.WriteEndObject();
    }

    private void Images(SampleModel model, SampleVersion version, int most)
    {
        var count = model.Mode == "TakenDown" ? 0 : Math.Min(version.Images, most);
        if (count == 0 && form == JsonForm.ById) return;
        json.WriteStartArray("images");
        for (var i = 0; i < count; i++)
        {
            var id = (version.Id * 10) + i;
            json.WriteStartObject();
            if (form == JsonForm.List) json.WriteNumber("id", id);
            json.WriteString("url", $"{origins.Images}/xG1nkqKTMzGDvpLrqFT7WA/{id:x8}-0000-4000-8000-000000000000/original=true/{id}.jpeg");
            json.WriteNumber("nsfwLevel", 1);
            json.WriteNumber("width", 64);
            json.WriteNumber("height", 64);
            json.WriteString("hash", "U00000fQfQfQfQfQfQfQfQfQfQfQ");
            json.WriteString("type", "image");
            json.WriteBoolean("minor", false);
            json.WriteBoolean("poi", false);
            json.WriteBoolean("hasMeta", false);
            if (form == JsonForm.Version) json.WriteNull("meta");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void PaidAccess(SampleVersion version)
    {
        if (version.Access != SampleAccess.EarlyAccess)
        {
            Optional("paidAccess", null);
            return;
        }

        json.WriteStartObject("paidAccess");
        json.WriteBoolean("permanent", false);
        json.WriteString("endsAt", version.EndsAt is { } end ? Instant(end) : null);
        json.WriteEndObject();
    }

    private void CommercialUse(CommercialUseForm wire)
    {
        const string name = "allowCommercialUse";
        switch (wire)
        {
            case CommercialUseForm.SetText: json.WriteString(name, "{Image,RentCivit}"); break;
            case CommercialUseForm.SingleText: json.WriteString(name, "Sell"); break;
            case CommercialUseForm.EmptyArray: Texts(name, []); break;
            default: Texts(name, ["Image", "RentCivit"]); break;
        }
    }

    private void ModelStats(SampleModel model)
    {
        json.WriteStartObject("stats");
        Count("downloadCount", model.Downloads);
        json.WriteNumber("thumbsUpCount", model.ThumbsUp);
        json.WriteNumber("thumbsDownCount", 0);
        json.WriteNumber("commentCount", model.Comments);
        Count("tippedAmountCount", null);
        json.WriteEndObject();
    }

    private void Creator(string name)
    {
        json.WriteStartObject("creator");
        json.WriteString("username", name);
        json.WriteNull("image");
        json.WriteEndObject();
    }

    private void Texts(string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private void Optional(string name, string? value)
    {
        if (value is not null || form != JsonForm.ById) json.WriteString(name, value);
    }

    private void Count(string name, int? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string AirType(string type) => type switch
    {
        "Checkpoint" => "checkpoint", "LORA" => "lora", "LoCon" => "lycoris", "TextualInversion" => "embedding", "VAE" => "vae", "Upscaler" => "upscaler", _ => "unknown",
    };
}
