using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;
using SharpCompress.Compressors.LZMA;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>The one stream of the older .lzma files: five bytes of properties, a length or none, the stream (LZMA specification, "LZMA file format").</summary>
internal sealed class LzmaMembers(ScanItem item, ScanState state) : CompressedMembers(item)
{
    private readonly FeedStream _feed = new(item.Source);
    private bool _isOpen;

    public override long End => _feed.Position;

    protected override Stream? Open()
    {
        if (_isOpen) return null;
        _isOpen = true;
        var header = new byte[13];
        _feed.ReadExactly(header);
        var length = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(5));
        var properties = header[..5];
        DecoderMemory.ShrinkLzma(properties, length, Item, state);
        return new LzmaWindows(LzmaStream.Create(properties, _feed, -1, length < 0 ? -1 : length, leaveOpen: true));
    }

    protected override void Finish()
    {
    }
}
