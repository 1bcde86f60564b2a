using System.IO.Hashing;
using System.Runtime.InteropServices;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>The names of one archive, held against each other in the archive's order. Keeps a digest of each: names can be long, and many.</summary>
internal sealed class MemberSet(ScanItem item, ScanState state)
{
    private readonly Dictionary<UInt128, MemberKind> _names = [];
    private readonly HashSet<UInt128> _folded = [];
    private readonly HashSet<UInt128> _links = [];

    /// <param name="offset">The member's header in the archive: findings of one rule at one place count once.</param>
    public void Add(string name, MemberKind kind, long? offset = null)
    {
        var path = Plain(name);
        if (path.Length == 0) return; // the folder itself
        var folded = path.ToUpperInvariant();
        if (_links.Count > 0 && LiesBelowLink(folded)) state.Report(ArchiveRules.ThroughLink, item, $"{MemberNames.Shown(name)} lies below a name that the archive makes a link", offset, MemberNames.Shown(name));
        Compare(path, folded, kind, offset);
        if (kind == MemberKind.Link) _links.Add(Digest(folded));
    }

    private void Compare(string path, string folded, MemberKind kind, long? offset)
    {
        if (!_names.TryAdd(Digest(path), kind))
        {
            if (kind != MemberKind.Folder || _names[Digest(path)] != MemberKind.Folder) state.Report(ArchiveRules.DuplicateName, item, $"{MemberNames.Shown(path)} comes more than once", offset, MemberNames.Shown(path));
        }
        else if (!_folded.Add(Digest(folded)) && kind != MemberKind.Folder)
        {
            state.Report(ArchiveRules.SimilarName, item, $"{MemberNames.Shown(path)} comes a second time in other case", offset, MemberNames.Shown(path));
        }
    }

    // One pass over the name, however deep it goes.
    private bool LiesBelowLink(string folded)
    {
        var hash = new XxHash128();
        var from = 0;
        for (var slash = folded.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = folded.IndexOf('/', slash + 1))
        {
            hash.Append(MemoryMarshal.AsBytes(folded.AsSpan(from, slash - from)));
            from = slash;
            if (_links.Contains(hash.GetCurrentHashAsUInt128())) return true;
        }

        return false;
    }

    private static UInt128 Digest(string path) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(path.AsSpan()));

    // Every program takes "./a//b/" for "a/b"; those of one system take a backslash for a slash.
    private static string Plain(string name) => string.Join('/', name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));
}

internal enum MemberKind
{
    File,
    Folder,
    Link,
}
