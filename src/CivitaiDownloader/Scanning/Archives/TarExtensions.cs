using System.Globalization;
using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>What records in front of a member say about it: pax records (POSIX.1-2017, "pax Extended Header") and GNU's long names. They replace what its header says.</summary>
internal sealed class TarExtensions(ScanItem item, ScanState state)
{
    // A name of 4,096 bytes is the longest any system takes; extended attributes can be larger.
    private const int LongestRecord = 1024 * 1024;

    private readonly Dictionary<string, string> _global = [];
    private readonly Dictionary<string, string> _pax = [];
    private readonly List<(long Offset, long Bytes)> _sparse = [];
    private string? _longName, _longLink;

    /// <summary>Something was said of a member that has not come yet.</summary>
    public bool IsPending => _pax.Count > 0 || _longName is not null || _longLink is not null;

    public IReadOnlyList<(long Offset, long Bytes)> SparseRuns => _sparse;

    public string? Of(string key) => _pax.GetValueOrDefault(key) ?? _global.GetValueOrDefault(key);

    public void Read(TarEntry entry, SourceReader reader)
    {
        if (entry.Size > LongestRecord) throw new UnreadableException($"{entry.Size} bytes in one extended header", entry.Offset);
        var bytes = reader.ReadBytes(entry.Size);
        switch (entry.Type)
        {
            case 'L':
                if (_longName is not null) Doubt(entry, "two long names for one member");
                _longName = TarEntry.Text(bytes);
                break;
            case 'K':
                _longLink = TarEntry.Text(bytes);
                break;
            default:
                ReadPax(bytes, entry);
                break;
        }
    }

    /// <summary>The member as readers that know all records see it. Where others would see another one, that is told.</summary>
    public TarEntry Applied(TarEntry entry)
    {
        var name = Of("path");
        if (name is not null && _longName is not null && name != _longName) Doubt(entry, "a pax name and a long name that differ");
        if (name is null && Of("GNU.sparse.name") is { } sparse) name = sparse;
        return entry with { Name = name ?? _longName ?? entry.Name, LinkName = Of("linkpath") ?? _longLink ?? entry.LinkName, Size = SizeOf(entry) };
    }

    public void Forget()
    {
        _pax.Clear();
        _sparse.Clear();
        (_longName, _longLink) = (null, null);
    }

    // Only a size too large for the header has to be told apart from it (CVE-2025-62518: readers that believed the other one found members inside a file).
    private long SizeOf(TarEntry entry)
    {
        if (Of("size") is not { } text) return entry.Size;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)) throw new UnreadableException("a pax size is no number", entry.Offset);
        if (size != entry.Size && size < 1L << 33) Doubt(entry, $"a pax size of {size} where the header says {entry.Size}");
        return size;
    }

    private void ReadPax(byte[] bytes, TarEntry entry)
    {
        var rest = bytes.AsSpan();
        while (!rest.IsEmpty && rest[0] != 0)
        {
            var blank = rest.IndexOf((byte)' ');
            if (blank is < 1 or > 9 || !int.TryParse(rest[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length <= blank + 2 || length > rest.Length || rest[length - 1] != '\n') throw new UnreadableException("a pax record is not of its announced length", entry.Offset);
            var record = rest[(blank + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1) throw new UnreadableException("a pax record without a name", entry.Offset);
            Take(Encoding.UTF8.GetString(record[..equals]), Encoding.UTF8.GetString(record[(equals + 1)..]), entry);
            rest = rest[length..];
        }

        if (rest.ContainsAnyExcept((byte)0)) state.Report(CoreRules.HiddenData, item, "bytes behind the pax records", entry.Offset);
    }

    private void Take(string key, string value, TarEntry entry)
    {
        if (key is "GNU.sparse.offset" or "GNU.sparse.numbytes") TakeRun(key, value, entry);
        else if (key is "path" or "linkpath" or "size" || key.StartsWith("GNU.sparse.", StringComparison.Ordinal)) TakeOnce(key, value, entry);
        else if (key == "SCHILY.xattr.security.capability") state.Report(ArchiveRules.SetUserId, item, "a member brings rights of the administrator along as a file capability", entry.Offset);
    }

    private void TakeOnce(string key, string value, TarEntry entry)
    {
        var records = entry.Type == 'g' ? _global : _pax;
        if (!records.TryAdd(key, value) && records[key] != value) Doubt(entry, $"two pax records '{key}' for one member");
        records[key] = value;
    }

    // The oldest of GNU's three ways: the two keys take turns.
    private void TakeRun(string key, string value, TarEntry entry)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || _sparse.Count >= TarSparse.MostRuns) throw new UnreadableException("a map of a sparse file that is none", entry.Offset);
        if (key == "GNU.sparse.offset") _sparse.Add((number, 0));
        else if (_sparse.Count > 0) _sparse[^1] = _sparse[^1] with { Bytes = number };
    }

    private void Doubt(TarEntry entry, string what) => state.Report(ArchiveRules.TarAmbiguous, item, what, entry.Offset);
}
