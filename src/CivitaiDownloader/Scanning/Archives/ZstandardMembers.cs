using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using SharpCompress.Compressors.ZStandard;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Frames of a Zstandard file (RFC 8878, section 3.1). Their extent is found by the headers of their blocks, so that the decoder sees one frame alone.</summary>
internal sealed class ZstandardMembers(ScanItem item, ScanState state) : CompressedMembers(item)
{
    private const uint Magic = 0xfd2fb528, SkippableMagic = 0x184d2a50;

    private readonly SourceReader _reader = new(item.Source);
    private long _end;

    public override long End => _end;

    protected override Stream? Open()
    {
        _reader.Position = _end;
        while (_reader.Remaining >= 8)
        {
            var start = _reader.Position;
            var magic = _reader.ReadUInt32();
            if (magic == Magic) return Frame(start);
            if ((magic & ~0xfu) != SkippableMagic) return null;
            var length = _reader.ReadUInt32();
            _reader.Skip(length);
            Leftover.Check(Item, state, start + 8, length, "in a frame that programs skip", LeftoverTolerance.Padding);
            _end = _reader.Position;
        }

        return null;
    }

    protected override void Finish()
    {
    }

    private DecompressionStream Frame(long start)
    {
        var descriptor = _reader.ReadByte();
        if ((descriptor & 8) != 0) throw new UnreadableException("a frame with unknown flags", start);
        var isSingle = (descriptor & 0x20) != 0;
        var window = isSingle ? 0 : WindowOf(_reader.ReadByte());
        if (Little((descriptor & 3) switch { 3 => 4, var bytes => bytes }) != 0) throw new BudgetExceededException(ArchiveRules.NotExamined, "a frame is packed with a dictionary that is not part of it");
        var length = Little((descriptor >> 6) switch { 0 => isSingle ? 1 : 0, 1 => 2, 2 => 4, _ => 8 });
        if (isSingle) window = length < 0 ? long.MaxValue : length;
        DecoderMemory.Allowed(window, state);
        SkipBlocks(start);
        if ((descriptor & 4) != 0) _reader.Skip(4);
        _end = _reader.Position;
        return new(new SourceStream(Item.Source.Slice(start, _end - start)));
    }

    private void SkipBlocks(long start)
    {
        for (var isLast = false; !isLast;)
        {
            var header = (uint)Little(3);
            isLast = (header & 1) != 0;
            _reader.Skip((header >> 1 & 3) switch { 1 => 1, 3 => throw new UnreadableException("a block of a reserved kind", start), _ => header >> 3 });
        }
    }

    private static long WindowOf(byte descriptor) => (1L << (10 + (descriptor >> 3))) / 8 * (8 + (descriptor & 7));

    private long Little(int bytes)
    {
        var value = 0L;
        for (var index = 0; index < bytes; index++) value |= (long)_reader.ReadByte() << (8 * index);
        return value;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }
}
