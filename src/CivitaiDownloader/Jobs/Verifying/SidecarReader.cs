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
/// (<c>NAME.EXT.sha256</c>, <c>NAME.sha256</c>), and descriptions with a <c>sha256</c> (<c>NAME.metadata.json</c>, <c>NAME.json</c>). The first that says anything counts. A broken one says nothing, and is told of.
/// </summary>
internal sealed class SidecarReader
{
    private const long MostBytes = 16 << 20;
    private const long SizeTolerance = 1024; // sizes are published in KiB, older ones rounded (civitai-api 2.5)

    private readonly FoundFile _file;
    private readonly string _stem;
    private readonly List<BrokenSidecar> _broken = [];

    private SidecarReader(FoundFile file) => (_file, _stem) = (file, Path.ChangeExtension(file.Path, null));

    public static SidecarFacts Read(FoundFile file)
    {
        var reader = new SidecarReader(file);
        return (reader.FromInfo() ?? reader.FromChecksums() ?? reader.FromDescriptions() ?? SidecarFacts.None) with { Broken = reader._broken };
    }

    private SidecarFacts? FromInfo()
    {
        var path = _stem + ".civitai.info";
        if (Json(path) is not { } info) return null;
        using (info)
        {
            if (info.RootElement.ValueKind == JsonValueKind.Object && ModelReader.ReadVersion(info.RootElement) is { } version) return Facts(version, _file) is { All.Count: > 0 } facts ? facts : null;
        }

        return Broken(path, "describes no version");
    }

    private SidecarFacts? FromChecksums()
    {
        foreach (var path in new[] { _file.Path + ".sha256", _stem + ".sha256" })
        {
            if (Content(path) is not { } content) continue;
            var sums = Checksums(Encoding.UTF8.GetString(content), Path.GetFileName(_file.Path)).ToArray();
            if (sums.Length == 0) Broken(path, "holds no SHA-256 as sha256sum writes it");
            else if (sums.FirstOrDefault(sum => sum.Name == Path.GetFileName(_file.Path)) is { Name: not null } sum) return SidecarFacts.One(sum.Sha256);
        }

        return null;
    }

    private SidecarFacts? FromDescriptions()
    {
        foreach (var path in new[] { _stem + ".metadata.json", _stem + ".json" })
        {
            if (path == _file.Path || Json(path) is not { } json) continue;
            using (json)
            {
                if (json.RootElement.Get("sha256"u8) is not { ValueKind: not JsonValueKind.Null } said || (said.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(said.GetString()))) continue; // not computed
                if (ContentHash.TryParse(HashKind.Sha256, json.RootElement.Text("sha256"u8), out var sha256)) return SidecarFacts.One(sha256);
            }

            Broken(path, "has a sha256 that is none");
        }

        return null;
    }

    private SidecarFacts? Broken(string path, string why)
    {
        _broken.Add(new(path, why));
        return null;
    }

    private JsonDocument? Json(string path)
    {
        try
        {
            return Content(path) is { } content ? PageReader.One(content) : null;
        }
        catch (JsonException)
        {
            Broken(path, "is not JSON");
            return null;
        }
    }

    private byte[]? Content(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return null;
            if (file.Length is > 0 and <= MostBytes) return File.ReadAllBytes(path);
            Broken(path, file.Length > 0 ? $"is larger than {ByteSize.Format(MostBytes)}" : SpecialFile.Of(path) is { } kind ? $"is {kind}" : "is empty");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Broken(path, $"cannot be read: {VisibleText.OneLine(unreadable.Message)}");
        }

        return null;
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
    private static IEnumerable<(string? Name, ContentHash Sha256)> Checksums(string text, string name)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', 2);
            var named = words.Length == 1 ? name : Path.GetFileName(words[1].TrimStart(' ', '*'));
            if (ContentHash.TryParse(HashKind.Sha256, words[0], out var sha256)) yield return (named, sha256);
        }
    }
}
