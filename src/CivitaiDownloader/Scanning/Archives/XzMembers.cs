using System.IO.Hashing;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using SharpCompress.Compressors.LZMA;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Blocks of the streams of an xz file (xz file format 1.2.1). Headers, checks, index and footer are all held against the content.</summary>
internal sealed class XzMembers(ScanItem item, ScanState state) : CompressedMembers(item)
{
    private const int Lzma2Filter = 0x21;

    private readonly SourceReader _reader = new(item.Source);
    private readonly List<(long Unpadded, long Unpacked)> _blocks = [];
    private XzChecksum? _check;
    private long _end, _blockStart, _blockUnpacked, _came;
    private (long? Packed, long? Unpacked) _claimed;
    private int _checkKind;
    private bool _inStream;

    public override long End => _end;

    protected override Stream? Open()
    {
        _reader.Position = _end;
        while (true)
        {
            if (!_inStream && !BeginStream()) return null;
            _blockStart = _reader.Position;
            if (_reader.ReadByte() is not 0 and var size) return Block((size + 1) * 4);
            EndStream();
        }
    }

    protected override void Unpacked(ReadOnlySpan<byte> bytes)
    {
        _came += bytes.Length;
        _check!.Append(bytes);
    }

    protected override void Finish()
    {
        if (_came != _blockUnpacked || (_claimed.Unpacked ?? _came) != _came) throw new UnreadableException("a block of another length than it says", _blockStart);
        var unpadded = _reader.Position - _blockStart + XzChecksum.Size(_checkKind);
        Padding((4 - ((_reader.Position - _blockStart) % 4)) % 4);
        if (!_check!.Agrees(_reader.ReadBytes(XzChecksum.Size(_checkKind)))) throw new UnreadableException("the check is not that of the content", _blockStart);
        _blocks.Add((unpadded, _came));
        _end = _reader.Position;
    }

    private bool BeginStream()
    {
        _reader.Position = _end;
        var head = Item.Source.Peek(_end, 12);
        if (head is not [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, _, _, _, _, _, _]) return false;
        if (head[6] != 0 || !XzChecksum.IsKnown(head[7]) || BitConverter.ToUInt32(head, 8) != Crc32.HashToUInt32(head.AsSpan(6, 2))) throw new UnreadableException("the flags of a stream are unknown or fail their checksum", _end);
        (_inStream, _checkKind) = (true, head[7]);
        _blocks.Clear();
        _reader.Skip(12);
        return true;
    }

    private LzmaWindows Block(int size)
    {
        _reader.Position = _blockStart;
        var header = _reader.ReadBytes(size);
        if (BitConverter.ToUInt32(header, size - 4) != Crc32.HashToUInt32(header.AsSpan(0, size - 4))) throw new UnreadableException("the header of a block fails its checksum", _blockStart);
        var at = 2;
        _claimed = ((header[1] & 0x40) != 0 ? Number(header, ref at) : null, (header[1] & 0x80) != 0 ? Number(header, ref at) : null);
        if ((header[1] & 0x3c) != 0) throw new UnreadableException("a block with unknown flags", _blockStart);
        if ((header[1] & 3) != 0 || Number(header, ref at) != Lzma2Filter) throw new BudgetExceededException(ArchiveRules.NotExamined, "the file is packed with a filter that is not known here");
        if (Number(header, ref at) != 1 || at + 1 > size - 4 || header.AsSpan(at + 1, size - 4 - at - 1).ContainsAnyExcept((byte)0)) throw new UnreadableException("the header of a block is broken", _blockStart);
        return Lzma2(header[at]);
    }

    private LzmaWindows Lzma2(byte dictionary)
    {
        var start = _reader.Position;
        var extent = Lzma2Extent.Measure(_reader, start);
        if ((_claimed.Packed ?? extent.End - start) != extent.End - start) throw new UnreadableException("a block of another length than it says", _blockStart);
        (_blockUnpacked, _came) = (extent.Unpacked, 0);
        _check?.Dispose();
        _check = new(_checkKind);
        var feed = new FeedStream(Item.Source.Slice(start, extent.End - start));
        return new(LzmaStream.Create([DecoderMemory.ShrinkLzma2(dictionary, extent.Unpacked, Item, state)], feed, leaveOpen: true));
    }

    private void EndStream()
    {
        var start = _reader.Position - 1;
        if (Number() != _blocks.Count) throw new UnreadableException("the index counts other blocks than there are", start);
        foreach (var block in _blocks)
        {
            if (Number() != block.Unpadded || Number() != block.Unpacked) throw new UnreadableException("the index tells other sizes than the blocks have", start);
        }

        Padding((4 - ((_reader.Position - start) % 4)) % 4);
        var length = _reader.Position - start;
        if (_reader.ReadUInt32() != ChecksumOf(start, length)) throw new UnreadableException("the index fails its checksum", start);
        var footer = _reader.ReadBytes(12);
        if (BitConverter.ToUInt32(footer) != Crc32.HashToUInt32(footer.AsSpan(4, 6)) || (BitConverter.ToUInt32(footer, 4) + 1L) * 4 != length + 4 || footer is not [_, _, _, _, _, _, _, _, 0, _, (byte)'Y', (byte)'Z'] || footer[9] != _checkKind) throw new UnreadableException("the footer does not agree with the stream", _reader.Position - 12);
        (_inStream, _end) = (false, _reader.Position);
        SkipStreamPadding();
    }

    // Four zeros or a multiple may stand between streams (section 2.2).
    private void SkipStreamPadding()
    {
        while (_reader.Remaining >= 4 && !_reader.Window(4).ContainsAnyExcept((byte)0)) _end = _reader.Position;
    }

    private uint ChecksumOf(long start, long length)
    {
        var checksum = new Crc32();
        for (var end = start + length; start < end;)
        {
            var run = Item.Source.Peek(start, (int)Math.Min(64 * 1024, end - start));
            if (run.Length == 0) break;
            checksum.Append(run);
            start += run.Length;
        }

        return checksum.GetCurrentHashAsUInt32();
    }

    private void Padding(long count)
    {
        if (_reader.ReadBytes(count).AsSpan().ContainsAnyExcept((byte)0)) throw new UnreadableException("padding that is not zero", _reader.Position - count);
    }

    private long Number()
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = _reader.ReadByte();
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        throw new UnreadableException("a number without an end", _reader.Position);
    }

    private long Number(byte[] header, ref int at)
    {
        var value = 0L;
        for (var shift = 0; shift < 63 && at < header.Length - 4; shift += 7)
        {
            var part = header[at++];
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        throw new UnreadableException("a number without an end", _blockStart);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader.Dispose();
            _check?.Dispose();
        }

        base.Dispose(disposing);
    }
}
