using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Unpacks a file that is compressed as a whole and has its content judged under the name that programs give it.</summary>
internal sealed class CompressedReader(ContentKind kind) : IContentReader
{
    private static readonly Dictionary<string, string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".gz"] = "", [".bz2"] = "", [".xz"] = "", [".lzma"] = "", [".zst"] = "", [".lz4"] = "", [".z"] = "", [".zlib"] = "",
        [".tgz"] = ".tar", [".tbz"] = ".tar", [".tbz2"] = ".tar", [".txz"] = ".tar", [".tlz"] = ".tar", [".tzst"] = ".tar",
    };

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var members = Members(item, state);
        using var content = UnpackedSource.Unpack(members, state);
        if (members.Fault is { } fault) state.Report(CoreRules.Unreadable, item, fault.Message, fault.Offset);
        if (content.Length > 0 || members.Fault is null) state.Inspect(item.Part(content, InnerName(item.Name)));
        if (members.Fault is null) Leftover.Check(item, state, members.End, item.Source.Length - members.End, "behind the end of the compressed stream", LeftoverTolerance.Padding);
        return kind;
    }

    private CompressedMembers Members(ScanItem item, ScanState state) => kind switch
    {
        ContentKind.Gzip => new GzipMembers(item, state),
        ContentKind.Zlib => new ZlibMembers(item),
        ContentKind.Bzip2 => new Bzip2Members(item),
        ContentKind.Xz => new XzMembers(item, state),
        ContentKind.Lzma => new LzmaMembers(item, state),
        ContentKind.Zstandard => new ZstandardMembers(item, state),
        _ => new Lz4Members(item),
    };

    private static string InnerName(string name)
    {
        var extension = Path.GetExtension(name);
        return Endings.TryGetValue(extension, out var inner) ? name[..^extension.Length] + inner : name;
    }
}
