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
        if (model.Mode == "Archived" || version.Current.Count == 0)
        {
            if (form.KeepsEmpty) json.Texts("files", []);
            return;
        }

        var primary = PrimaryFile.Of(version.Current);
        var files = form == JsonForm.Version ? version.Files : version.Current; // what a newer upload replaced is shown there only (civitai-api 6.5)
        json.WriteStartArray("files");
        foreach (var file in shown == FilesShown.PrimaryOnly ? [primary] : files) File(version, file, file == primary, AddressOf(version, file, file == primary));
        if (form.IsOneVersion && version.LinkedVae is { } linked) File(version, linked.File, isPrimary: false, origins.Download(version.Id) + "?type=VAE");
        json.WriteEndArray();
        json.WriteString("downloadUrl", origins.Download(version.Id));
    }

    public static void Hashes(Utf8JsonWriter json, SampleFile file)
    {
        json.WriteStartObject("hashes");
        foreach (var (name, value) in file.ShownHashes) json.WriteString(name, value);
        json.WriteEndObject();
    }

    // By id where one version is shown, by description in lists: two files of equal description share an address (civitai-api 7).
    private string AddressOf(SampleVersion version, SampleFile file, bool isPrimary) => origins.Download(version.Id)
        + (form.IsOneVersion ? $"?fileId={file.Id}" : isPrimary ? "" : DescriptionOf(file));

    private static string DescriptionOf(SampleFile file)
    {
        var known = file.HasMetadata ? file : new() { Id = file.Id, Name = file.Name, Type = file.Type, Content = file.Content, Format = null };
        var words = new (string Name, string? Value)[]
        {
            ("type", known.Type), ("format", known.Type == "Training Data" ? null : known.Format), ("size", known.Size), ("fp", known.Precision), ("quantType", known.QuantType),
        };
        return "?" + string.Join('&', words.Where(word => word.Value is not null).Select(word => $"{word.Name}={Uri.EscapeDataString(word.Value!)}"));
    }

    private void File(SampleVersion version, SampleFile file, bool isPrimary, string address)
    {
        json.WriteStartObject();
        json.WriteNumber("id", file.Id);
        json.WriteNumber("sizeKB", (file.Declared.Length + file.SizeErrorBytes) / 1024.0);
        json.WriteString("name", form == JsonForm.Version ? file.Name : file.OverrideName ?? file.Name);
        if (!form.IsOneVersion) json.WriteString("overrideName", file.OverrideName);
        json.WriteString("type", file.Type);
        json.WriteString("pickleScanResult", file.HasHashes ? file.ScanResult : "Pending");
        json.WriteString("pickleScanMessage", file.HasHashes ? file.ScanMessage : null);
        json.WriteString("virusScanResult", file.HasHashes ? "Success" : "Pending");
        json.WriteNull("virusScanMessage");
        json.WriteString("scannedAt", !file.HasHashes ? null : form == JsonForm.Version ? JsonPieces.BareText(version.PublishedAt) : JsonPieces.Text(version.PublishedAt));
        Metadata(file);
        Hashes(json, file);
        json.WriteString("downloadUrl", address);
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
