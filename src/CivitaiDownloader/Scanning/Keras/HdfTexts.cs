using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Texts;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>Attributes and data that are texts. Configurations among them are judged, wherever they are kept and whatever they are called.</summary>
internal sealed class HdfTexts(HdfFile file, ScanItem item, ScanState state)
{
    private const int Fixed = 3, Opaque = 5, Variable = 9, LongestText = 64 << 20, LongestLook = 1 << 20;

    private readonly HashSet<long> _heaps = [];

    /// <summary>An attribute's message, of any of the three versions.</summary>
    public void ReadAttribute(HdfCursor body)
    {
        var version = body.Byte();
        if (version is < 1 or > 3) throw new UnreadableException($"an attribute of version {version}", body.Place);
        var isShared = (body.Byte() & 1) != 0 && version > 1;
        var (name, type, space) = (body.UInt16(), body.UInt16(), body.UInt16());
        if (version == 3) body.Skip(1);
        int Padded(int length) => version == 1 ? (length + 7) / 8 * 8 : length;
        body.Skip(Padded(name));
        var (kind, width) = Kind(body.Bytes(Padded(type)));
        var count = Count(body.Bytes(Padded(space)));
        var length = (int)Math.Min(body.Left, isShared ? body.Left : Math.Min(count, int.MaxValue) * Math.Min(width, int.MaxValue));
        if (kind is Fixed or Opaque || isShared) ReadText(body.Place, length);
        if (kind is Variable || isShared) ReadHeaps(body, length);
    }

    private static (int Kind, long Width) Kind(ReadOnlySpan<byte> type) => type.Length >= 8 ? (type[0] & 0x0f, System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(type[4..])) : (0, 0);

    // Version 2 has four bytes in front of the lengths where version 1 has eight, and can say that there is nothing.
    private long Count(ReadOnlySpan<byte> space)
    {
        if (space.Length < 4 || (space[0] == 2 && space[3] == 2)) return 0;
        var at = space[0] == 1 ? 8 : 4;
        var count = 1L;
        for (var index = 0; index < space[1] && at + file.SizeBytes <= space.Length; index++, at += file.SizeBytes)
        {
            var length = space[at] | ((long)space[at + 1] << 8) | (file.SizeBytes > 2 ? ((long)space[at + 2] << 16) | ((long)space[at + 3] << 24) : 0);
            count = Math.Min(count * length, 1L << 31);
        }

        return count;
    }

    /// <summary>A data set's bytes, if its type is a text.</summary>
    public void ReadData(HdfMessage type, long place, long length)
    {
        if (type.Length == 0 || length <= 0) return;
        var kind = file.Read(type.Place, 1).Byte() & 0x0f;
        if (kind is Fixed or Opaque || type.IsShared) ReadText(place, length);
        if (kind is not Variable || length > LongestText) return;
        ReadHeaps(file.Read(place, length), (int)length);
    }

    // Each element: a length, the heap, the number in it.
    private void ReadHeaps(HdfCursor body, int length)
    {
        var element = 8 + file.AddressBytes;
        for (var left = length; left >= element && body.Left >= element; left -= element)
        {
            body.Skip(4);
            if (body.Address() is { } heap && heap != 0) ReadHeap(heap);
            body.Skip(4);
        }
    }

    // A global heap holds the texts of a variable length of many attributes (section III.E). Each is looked at once, whoever refers to it.
    private void ReadHeap(long address)
    {
        if (!_heaps.Add(address)) return;
        var head = file.ReadSigned(address, "GCOL"u8, 8 + file.SizeBytes);
        if (head.Byte() != 1) throw new UnreadableException("a heap of a version that is not known", file.Start + address);
        head.Skip(3);
        var end = file.Start + address + Math.Min(head.Size(), file.Reader.Length - file.Start - address);
        var headBytes = 8 + file.SizeBytes;
        for (var at = head.Place; at + headBytes <= end;)
        {
            var entry = file.Read(at, headBytes);
            var index = entry.UInt16();
            if (index == 0) break; // the free space
            entry.Skip(6);
            var length = entry.Size();
            if (length > end - entry.Place) throw new UnreadableException($"a text of {length} bytes leads out of its heap", at);
            ReadText(entry.Place, length);
            at = entry.Place + ((length + 7) / 8 * 8);
        }
    }

    private void ReadText(long place, long length)
    {
        if (!JsonInspection.BeginsLikeObject(item.Source.Slice(place, length))) return;
        file.Budget.Spend(length);
        try
        {
            JsonInspection.RunInside(item, state, place, length);
        }
        catch (UnreadableException broken)
        {
            // Any text may begin with a brace. One that speaks of classes is a configuration that some other reader may understand.
            if (item.Source.Peek(place, (int)Math.Min(length, LongestLook)).AsSpan().IndexOf("class_name"u8) >= 0) state.Report(CoreRules.Unreadable, item, $"a configuration is {broken.Message}", broken.Offset);
        }
    }
}
