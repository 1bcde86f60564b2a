using System.Text;
using System.Text.Json;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Verifying;

/// <summary>
/// Reads what this and other programs leave beside a model (docs/formats/sidecar.md): <c>NAME.civitai.info</c>, a checksum as sha256sum writes it
/// (<c>NAME.EXT.sha256</c>, <c>NAME.sha256</c>), and descriptions with a <c>sha256</c> (<c>NAME.metadata.json</c>, <c>NAME.json</c>). The first that says anything counts. A broken one says nothing.
/// </summary>
internal static class SidecarReader
{
    private const long MostBytes = 16 << 20;
    private const long SizeTolerance = 1024; // sizes are published in KiB, older ones rounded (civitai-api 2.5)

    public static SidecarFacts Read(FoundFile file)
    {
        var stem = Path.ChangeExtension(file.Path, null);
        if (Content(stem + ".civitai.info") is { } info && FromInfo(info, file) is { All.Count: > 0 } described) return described;
        foreach (var checksum in new[] { file.Path + ".sha256", stem + ".sha256" })
        {
            if (Content(checksum) is { } text && FromChecksum(Encoding.UTF8.GetString(text), Path.GetFileName(file.Path)) is { } sha256) return SidecarFacts.One(sha256);
        }

        foreach (var description in new[] { stem + ".metadata.json", stem + ".json" })
        {
            if (description != file.Path && Content(description) is { } json && FromDescription(json) is { } sha256) return SidecarFacts.One(sha256);
        }

        return SidecarFacts.None;
    }

    private static byte[]? Content(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > 0 and <= MostBytes } ? File.ReadAllBytes(path) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static SidecarFacts? FromInfo(byte[] info, FoundFile file)
    {
        try
        {
            using var document = PageReader.One(info);
            return document.RootElement.ValueKind == JsonValueKind.Object && ModelReader.ReadVersion(document.RootElement) is { } version ? Facts(version, file) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SidecarFacts Facts(ModelVersion version, FoundFile file)
    {
        var hashed = version.Files.Where(candidate => candidate.Sha256 is not null).ToArray();
        var name = Path.GetFileName(file.Path);
        var fitting = hashed.FirstOrDefault(candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || SafeName.File(candidate.Name) == name)
            ?? Only([.. hashed.Where(candidate => candidate.EstimatedBytes is { } bytes && Math.Abs(bytes - file.Stamp.Bytes) <= SizeTolerance)])
            ?? Only(hashed);
        return new([.. hashed.Select(Hash)], fitting is null ? null : Hash(fitting));

        SidecarHash Hash(ModelFile candidate) => new(candidate.Sha256!.Value, new(version.ModelId?.Value, version.Id.Value, candidate.Id.Value));
    }

    private static ModelFile? Only(ModelFile[] files) => files.Length == 1 ? files[0] : null;

    // HASH, or HASH and a name behind two blanks, or a blank and a star.
    private static ContentHash? FromChecksum(string text, string name)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', 2);
            var named = words.Length == 1 ? name : Path.GetFileName(words[1].TrimStart(' ', '*'));
            if (named == name && ContentHash.TryParse(HashKind.Sha256, words[0], out var sha256)) return sha256;
        }

        return null;
    }

    private static ContentHash? FromDescription(byte[] json)
    {
        try
        {
            using var document = PageReader.One(json);
            return ContentHash.TryParse(HashKind.Sha256, document.RootElement.Text("sha256"u8), out var sha256) ? sha256 : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
