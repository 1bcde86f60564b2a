using System.IO.Hashing;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Frames of an LZ4 file (LZ4 frame format 1.6.4).</summary>
internal sealed class Lz4Members(ScanItem item) : CompressedMembers(item)
{
    private readonly SourceReader _reader = new(item.Source);
    private readonly XxHash32 _checksum = new();
    private Lz4Frame? _frame;
    private long _end;

    public override long End => _end;

    protected override Stream? Open()
    {
        _reader.Position = _end;
        if (Item.Source.Peek(_end, 4) is not [0x04, 0x22, 0x4d, 0x18]) return null;
        _reader.Skip(4);
        var start = _reader.Position;
        var (flags, sizes) = (_reader.ReadByte(), _reader.ReadByte());
        var largest = sizes >> 4;
        if (flags >> 6 != 1 || (flags & 2) != 0 || largest is < 4 or > 7 || (sizes & 0xf) != 0) throw new UnreadableException("the flags of a frame are unknown", start);
        if ((flags & 8) != 0) _reader.Skip(8);
        if ((flags & 1) != 0) throw new BudgetExceededException(ArchiveRules.NotExamined, "a frame is packed with a dictionary that is not part of it");
        var length = (int)(_reader.Position - start);
        if (_reader.ReadByte() != (byte)(XxHash32.HashToUInt32(Item.Source.Peek(start, length)) >> 8)) throw new UnreadableException("the header of a frame fails its checksum", start);
        return _frame = new(_reader, 1 << (8 + (2 * largest))) { AreIndependent = (flags & 0x20) != 0, HaveChecksums = (flags & 0x10) != 0, HasChecksum = (flags & 4) != 0 };
    }

    protected override void Unpacked(ReadOnlySpan<byte> bytes) => _checksum.Append(bytes);

    protected override void Finish()
    {
        if (_frame!.HasChecksum && _reader.ReadUInt32() != _checksum.GetCurrentHashAsUInt32()) throw new UnreadableException("the checksum is not that of the content", _reader.Position - 4);
        _checksum.Reset();
        _end = _reader.Position;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }
}
