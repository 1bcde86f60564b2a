using System.Numerics;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>
/// The heap in which groups with many links and objects with many attributes keep them (section III.G). Its index is not believed:
/// its blocks are gone through byte by byte, and whatever reads as a link or an attribute is taken for one, deleted ones included.
/// </summary>
internal sealed class HdfFractalHeap(HdfFile file, HdfLinks links, HdfTexts texts)
{
    private const int LargestBlock = 16 << 20, MaxBlocks = 100_000, MaxFailures = 20_000;

    private readonly HashSet<long> _blocks = [];
    private int _width, _offsetBytes;
    private long _startBytes, _largestDirect;
    private int _failures;
    private bool _hasChecksums;

    public void Read(long address)
    {
        var head = file.ReadSigned(address, "FRHP"u8, 26 + (12 * file.SizeBytes) + (3 * file.AddressBytes));
        if (head.Byte() != 0) throw new UnreadableException("a heap of a version that is not known", file.Start + address);
        head.Skip(2);
        if (head.UInt16() != 0) throw new UnreadableException("a heap that is compressed", file.Start + address);
        _hasChecksums = (head.Byte() & 2) != 0;
        head.Skip(4 + file.SizeBytes);
        head.Skip(file.AddressBytes + file.SizeBytes + file.AddressBytes + (4 * file.SizeBytes));
        head.Skip(file.SizeBytes);
        if (head.Size() > 0) throw new UnreadableException("a link or attribute too large for its heap", file.Start + address);
        head.Skip(2 * file.SizeBytes);
        _width = head.UInt16();
        (_startBytes, _largestDirect) = (head.Size(), head.Size());
        _offsetBytes = (head.UInt16() + 7) / 8;
        head.Skip(2);
        var root = head.Address();
        var rows = head.UInt16();
        if (!BitOperations.IsPow2(_startBytes) || !BitOperations.IsPow2(_largestDirect) || _largestDirect < _startBytes || _width is 0 or > 1024 || _offsetBytes > 8) throw new UnreadableException("a heap of impossible measures", file.Start + address);
        if (root is not { } block) return;
        if (rows == 0) Direct(block, _startBytes);
        else Indirect(block, rows, depth: 0);
    }

    // Rows of blocks: the first two of the smallest size, each further one of twice the size; beyond the largest, blocks of blocks.
    private void Indirect(long address, int rows, int depth)
    {
        if (!Take(address) || depth > 16) return;
        if (rows > 256) throw new UnreadableException($"a heap of {rows} rows", file.Start + address);
        var head = file.ReadSigned(address, "FHIB"u8, 5 + file.AddressBytes + _offsetBytes + (rows * (long)_width * file.AddressBytes));
        head.Skip(1 + file.AddressBytes + _offsetBytes);
        for (var row = 0; row < rows; row++)
        {
            var shift = Math.Max(0, row - 1);
            var size = shift < 40 ? _startBytes << shift : long.MaxValue;
            for (var column = 0; column < _width; column++)
            {
                if (head.Address() is not { } child) continue;
                if (size <= _largestDirect) Direct(child, size);
                else Indirect(child, BitOperations.Log2((ulong)size) - BitOperations.Log2((ulong)(_startBytes * _width)) + 1, depth + 1);
            }
        }
    }

    private void Direct(long address, long size)
    {
        if (!Take(address)) return;
        if (size > LargestBlock) throw new UnreadableException($"a block of {size} bytes in a heap of links or attributes", file.Start + address);
        var block = file.ReadSigned(address, "FHDB"u8, size);
        block.Skip(1 + file.AddressBytes + _offsetBytes + (_hasChecksums ? 4 : 0));
        var bytes = block.Bytes(block.Left).ToArray();
        var place = file.Start + address + size - bytes.Length;
        for (var at = 0; at + 8 < bytes.Length;)
        {
            var rest = bytes.AsSpan(at);
            var read = LooksLikeLink(rest) ? Try(links.Read, Cursor(at)) : LooksLikeAttribute(rest) ? Try(texts.ReadAttribute, Cursor(at)) : 0;
            at += Math.Max(1, read);
        }

        HdfCursor Cursor(int at) => new(bytes.AsMemory(at), place + at, file.AddressBytes, file.SizeBytes);
    }

    private bool Take(long address) => _blocks.Count < MaxBlocks ? _blocks.Add(address) : throw new UnreadableException("a heap of too many blocks", file.Start + address);

    /// <returns>Its length; 0 for what only looked like one.</returns>
    private int Try(Action<HdfCursor> read, HdfCursor cursor)
    {
        try
        {
            read(cursor);
            return cursor.Position;
        }
        catch (UnreadableException)
        {
            if (++_failures > MaxFailures) throw new BudgetExceededException(CoreRules.Limit, "a heap full of what looks like links and is none");
            return 0;
        }
    }

    private static bool LooksLikeLink(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != 1 || bytes[1] > 0x1f) return false;
        var (flags, at) = (bytes[1], 2);
        if ((flags & 8) != 0 && bytes[at++] is not (0 or 1 or >= 64)) return false;
        at += ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        if (at + 9 >= bytes.Length) return false;
        var width = 1 << (flags & 3);
        var length = width == 1 ? bytes[at] : bytes[at] | (bytes[at + 1] << 8);
        at += width;
        return length is > 0 and < 4096 && at + length + 2 <= bytes.Length && !bytes.Slice(at, length).ContainsAnyInRange((byte)0, (byte)31);
    }

    private static bool LooksLikeAttribute(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is < 1 or > 3 || bytes[1] > 3) return false;
        var (name, type, space) = (bytes[2] | (bytes[3] << 8), bytes[4] | (bytes[5] << 8), bytes[6] | (bytes[7] << 8));
        var at = bytes[0] == 3 ? 9 : 8;
        if (name is 0 or > 4096 || type is 0 or > 4096 || space is < 4 or > 4096 || at + name + type + space > bytes.Length) return false;
        return bytes[at + name - 1] == 0 && !bytes.Slice(at, name - 1).ContainsAnyInRange((byte)0, (byte)31);
    }
}
