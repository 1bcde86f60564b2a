using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

internal enum FilesShown
{
    All,
    PrimaryOnly,
}

/// <summary>Writes a version's files and its address for downloads.</summary>
internal sealed class FileJson(Utf8JsonWriter json, JsonForm form, Origins origins)
{
    public void Write(SampleModel model, SampleVersion version, FilesShown shown)
    {
        if (model.Mode == "Archived" || version.Files.Count == 0)
        {
            if (form.KeepsEmpty) json.Texts("files", []);
            return;
        }

        var primary = PrimaryFile.Of(version.Files);
        json.WriteStartArray("files");
        foreach (var file in shown == FilesShown.PrimaryOnly ? [primary] : version.Files) File(version, file, file == primary);
        json.WriteEndArray();
        json.WriteString("downloadUrl", origins.Download(version.Id));
    }

    public static void Hashes(Utf8JsonWriter json, SampleFile file)
    {
        json.WriteStartObject("hashes");
        foreach (var (name, value) in file.ShownHashes) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private void File(SampleVersion version, SampleFile file, bool isPrimary)
    {
        json.WriteStartObject();
        json.WriteNumber("id", file.Id);
        json.WriteNumber("sizeKB", file.Declared.Length / 1024.0);
        json.WriteString("name", file.Name);
        if (!form.IsOneVersion) json.WriteNull("overrideName");
        json.WriteString("type", file.Type);
        json.WriteString("pickleScanResult", file.HasHashes ? file.ScanResult : "Pending");
        json.WriteNull("pickleScanMessage");
        json.WriteString("virusScanResult", file.HasHashes ? "Success" : "Pending");
        json.WriteNull("virusScanMessage");
        json.WriteString("scannedAt", !file.HasHashes ? null : form == JsonForm.Version ? JsonPieces.BareText(version.PublishedAt) : JsonPieces.Text(version.PublishedAt));
        Metadata(file);
        Hashes(json, file);
        json.WriteString("downloadUrl", origins.Download(version.Id) + (form.IsOneVersion || !isPrimary ? $"?fileId={file.Id}" : ""));
        if (form.IsOneVersion || isPrimary) json.WriteBoolean("primary", isPrimary);
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
            json.Optional("format", file.Format, form);
            json.Optional("size", file.Size, form);
            json.Optional("fp", file.Precision, form);
            if (!form.IsOneVersion && file.QuantType is not null) json.WriteString("quantType", file.QuantType);
        }

        json.WriteEndObject();
    }
}
