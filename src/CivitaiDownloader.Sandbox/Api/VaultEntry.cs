using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

internal enum VaultForm
{
    /// <summary>With its files and cover, as the list shows it.</summary>
    Listed,

    /// <summary>The bare row, as the look-up gives it.</summary>
    Row,
}

/// <summary>A version that lies in the vault.</summary>
internal sealed record VaultEntry(int Id, SampleModel Model, SampleVersion Version)
{
    public long KiB => Version.Files.Sum(file => file.Declared.Length) / 1024;

    public string Category => Model.Tags.Count > 0 ? Model.Tags[0] : "";

    public IEnumerable<string> Names => [Model.Name, Version.Name, Model.Creator ?? ""];

    public void Write(Utf8JsonWriter json, Origins origins, VaultForm form)
    {
        json.WriteStartObject();
        json.WriteNumber("id", Id);
        json.WriteNumber("vaultId", 1);
        json.WriteString("status", "Stored");
        json.WriteNumber("modelVersionId", Version.Id);
        json.WriteNumber("modelId", Model.Id);
        json.WriteString("modelName", Model.Name);
        json.WriteString("versionName", Version.Name);
        json.WriteNumber("creatorId", ModelJson.CreatorId(Model));
        json.WriteString("creatorName", Model.Creator);
        json.WriteString("type", Model.Type);
        json.WriteString("baseModel", Version.BaseModel);
        json.WriteString("category", Category);
        json.WriteNumber("modelSizeKb", KiB);
        json.WriteNumber("detailsSizeKb", 12);
        json.WriteNumber("imagesSizeKb", 4);
        json.Instant("createdAt", Version.PublishedAt);
        json.Instant("addedAt", Version.PublishedAt.AddDays(1));
        json.WriteNull("refreshedAt");
        json.WriteNull("notes");
        json.WriteStartObject("meta");
        json.WriteNumber("failures", 0);
        json.WriteEndObject();
        if (form == VaultForm.Listed) Contents(json, origins);
        json.WriteEndObject();
    }

    private void Contents(Utf8JsonWriter json, Origins origins)
    {
        json.WriteString("coverImageUrl", SamplePicture.Of(Model, Version).FirstOrDefault()?.Address(origins));
        json.WriteStartArray("files");
        foreach (var file in Version.Files)
        {
            json.WriteStartObject();
            json.WriteNumber("id", file.Id);
            json.WriteNumber("sizeKB", file.Declared.Length / 1024.0);
            json.WriteString("url", $"{origins.Api}/api/download/vault/{Id}?type=model&fileId={file.Id}");
            json.WriteString("displayName", file.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
