using System.Text;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>A fixed set of names, found by their UTF-8 bytes without making a string of them: what a page says a thousand times is one string.</summary>
internal sealed class NameSet
{
    private readonly Entry[] _entries;
    private readonly int _mask;
    private readonly List<string> _names = [];

    public NameSet(params ReadOnlySpan<string> names)
    {
        var size = 8;
        while (size < names.Length * 4) size *= 2;
        (_entries, _mask) = (new Entry[size], size - 1);
        foreach (var name in names)
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            if (IndexOf(utf8) >= 0) continue;
            _entries[SlotOf(utf8)] = new(utf8, name, Count);
            _names.Add(name);
        }
    }

    public int Count => _names.Count;

    /// <summary>Each once, as they were given.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The name itself; null when it is none of the set.</summary>
    public string? Find(ReadOnlySpan<byte> utf8) => _entries[SlotOf(utf8)].Name;

    /// <summary>The name's place in the set, from 0; −1 when it is none of it.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8) => _entries[SlotOf(utf8)] is { Name: not null } entry ? entry.Index : -1;

    // The name's own slot, or the empty one where it would be.
    private int SlotOf(ReadOnlySpan<byte> utf8)
    {
        var slot = Hash(utf8) & _mask;
        while (_entries[slot].Name is not null && !utf8.SequenceEqual(_entries[slot].Utf8)) slot = (slot + 1) & _mask;
        return slot;
    }

    // Length, ends and middle tell these names apart well enough, and cost nothing.
    private static int Hash(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? 0
        : (((((utf8.Length * 31) + utf8[0]) * 31) + utf8[utf8.Length / 2]) * 31) + (utf8[^1] * 7) + utf8[^((utf8.Length / 3) + 1)];

    private readonly record struct Entry(byte[] Utf8, string? Name, int Index);
}
