using CivitaiDownloader.Scanning.Content;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Streams of a bzip2 file. The decoder checks their checksums itself, and reads byte by byte.</summary>
internal sealed class Bzip2Members(ScanItem item) : CompressedMembers(item)
{
    private readonly FeedStream _feed = new(item.Source);

    public override long End => _feed.Position;

    // Ten megabytes of tables for each.
    protected override long MostMembers => 100 + (Item.Source.Length / 8_192);

    protected override Stream? Open() =>
        Item.Source.Peek(End, 4) is [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9'] ? BZip2Stream.Create(_feed, CompressionMode.Decompress, decompressConcatenated: false, leaveOpen: true) : null;

    protected override void Finish()
    {
    }
}
