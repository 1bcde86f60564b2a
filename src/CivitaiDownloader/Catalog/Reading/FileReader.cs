using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads a version's files in the shapes of all endpoints (civitai-api 3.4, 5). One without a number is left out: it cannot be asked for.</summary>
internal static class FileReader
{
    private const int MostEntries = 10_000;

    private static readonly int Id = KnownFields.File.IndexOf("id"u8);
    private static readonly int SizeKB = KnownFields.File.IndexOf("sizeKB"u8);
    private static readonly int Name = KnownFields.File.IndexOf("name"u8);
    private static readonly int Type = KnownFields.File.IndexOf("type"u8);
    private static readonly int Format = KnownFields.File.IndexOf("format"u8);
    private static readonly int PickleScan = KnownFields.File.IndexOf("pickleScanResult"u8);
    private static readonly int VirusScan = KnownFields.File.IndexOf("virusScanResult"u8);
    private static readonly int PickleScanMessage = KnownFields.File.IndexOf("pickleScanMessage"u8);
    private static readonly int VirusScanMessage = KnownFields.File.IndexOf("virusScanMessage"u8);
    private static readonly int ScannedAt = KnownFields.File.IndexOf("scannedAt"u8);
    private static readonly int Metadata = KnownFields.File.IndexOf("metadata"u8);
    private static readonly int Hashes = KnownFields.File.IndexOf("hashes"u8);
    private static readonly int DownloadUrl = KnownFields.File.IndexOf("downloadUrl"u8);
    private static readonly int Primary = KnownFields.File.IndexOf("primary"u8);

    /// <param name="path">Where they are, for what is counted as new: <c>modelVersions[].files[].</c></param>
    public static IReadOnlyList<ModelFile> Read(JsonElement version, ReadingContext context, string path)
    {
        if (version.Get("files"u8) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0) return [];
        var (files, fields) = (new List<ModelFile>(Math.Min(array.GetArrayLength(), 64)), new FieldSlots(KnownFields.File));
        var byId = context.Source is null or { Endpoint: not (ApiEndpoint.Models or ApiEndpoint.Model) } && Reconciled.NamesFilesById(version);
        var paths = new Paths(path, path + "metadata.", path + "hashes.");
        foreach (var json in array.EnumerateArray())
        {
            if (files.Count == MostEntries) break;
            fields.Read(json, context.Drift, path);
            if (JsonFields.AsWhole(fields[Id]) is > 0 and var id) files.Add(ReadFile(new(id), fields, context, paths) with { IsLinked = Reconciled.IsLinked(JsonFields.AsText(fields[DownloadUrl]), byId) });
        }

        return files;
    }

    private static ModelFile ReadFile(FileId id, FieldSlots fields, ReadingContext context, Paths paths)
    {
        var metadata = fields[Metadata] ?? default;
        context.Drift?.Fields(metadata, KnownFields.FileMetadata, paths.Metadata);
        context.Drift?.Fields(fields[Hashes] ?? default, KnownFields.Hashes, paths.Hashes);
        return new()
        {
            Id = id,
            Name = JsonFields.AsText(fields[Name]) ?? "",
            Type = context.Member(fields[Type], KnownValues.FileType, paths.Files, "type") ?? "Model",
            SizeKB = JsonFields.AsReal(fields[SizeKB]),
            Format = context.Member(metadata, "format"u8, KnownValues.Format, paths.Metadata) ?? JsonFields.AsText(fields[Format]), // at the top in 2023
            Precision = ReadingContext.Shared(metadata, "fp"u8, KnownValues.Precision),
            Size = context.Member(metadata, "size"u8, KnownValues.FileSize, paths.Metadata),
            QuantType = metadata.Text("quantType"u8),
            IsPrimary = Reconciled.IsPrimary(fields[Primary]),
            Hashes = ReadHashes(fields[Hashes]),
            PickleScan = context.Member(fields[PickleScan], KnownValues.ScanResult, paths.Files, "pickleScanResult"),
            VirusScan = context.Member(fields[VirusScan], KnownValues.ScanResult, paths.Files, "virusScanResult"),
            PickleScanMessage = JsonFields.AsText(fields[PickleScanMessage]),
            VirusScanMessage = JsonFields.AsText(fields[VirusScanMessage]),
            ScannedAt = JsonFields.AsInstant(fields[ScannedAt]),
            DownloadUrl = JsonFields.AsText(fields[DownloadUrl]),
        };
    }

    private static List<ContentHash> ReadHashes(JsonElement? hashes)
    {
        if (hashes is not { ValueKind: JsonValueKind.Object } found) return [];
        var read = new List<ContentHash>(6);
        foreach (var hash in found.EnumerateObject())
        {
            // A value that does not have the digits of its kind is no hash: never cut, never taken for another kind.
            if (KindOf(hash) is { } kind && ContentHash.TryParse(kind, JsonMarshal.GetRawUtf8Value(hash.Value).Trim((byte)'"'), out var value)) read.Add(value);
        }

        return read;
    }

    private static HashKind? KindOf(JsonProperty hash) => (KnownFields.Hashes.Find(JsonMarshal.GetRawUtf8PropertyName(hash)) ?? hash.Name.ToUpperInvariant()) switch
    {
        "SHA256" => HashKind.Sha256,
        "BLAKE3" => HashKind.Blake3,
        "AutoV1" or "AUTOV1" => HashKind.AutoV1,
        "AutoV2" or "AUTOV2" => HashKind.AutoV2,
        "AutoV3" or "AUTOV3" => HashKind.AutoV3,
        "CRC32" => HashKind.Crc32,
        _ => null,
    };

    private sealed record Paths(string Files, string Metadata, string Hashes);
}
