using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;
using SharpCompress.Compressors;
using SharpCompress.Compressors.Deflate;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>The one stream of a zlib file (RFC 1950), as joblib writes it.</summary>
internal sealed class ZlibMembers(ScanItem item) : CompressedMembers(item)
{
    private const uint AdlerModulus = 65_521;

    private readonly FeedStream _feed = new(item.Source);
    private DeflateStream? _deflate;
    private uint _low = 1, _high;

    public override long End => _feed.Position;

    protected override Stream? Open()
    {
        if (_deflate is not null) return null;
        _feed.Position = 2;
        return _deflate = new(_feed, CompressionMode.Decompress, CompressionLevel.Default, leaveOpen: true);
    }

    protected override void Unpacked(ReadOnlySpan<byte> bytes)
    {
        // 5,552 bytes are the most that two sums of 32 bits can take before they wrap.
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, 5_552)..])
        {
            foreach (var value in bytes[..Math.Min(bytes.Length, 5_552)])
            {
                _low += value;
                _high += _low;
            }

            (_low, _high) = (_low % AdlerModulus, _high % AdlerModulus);
        }
    }

    protected override void Finish()
    {
        _feed.Position = 2 + _deflate!.TotalIn; // the decoder was fed ahead
        Span<byte> trailer = stackalloc byte[4];
        _feed.ReadExactly(trailer);
        if (BinaryPrimitives.ReadUInt32BigEndian(trailer) != ((_high << 16) | _low)) throw new UnreadableException("the checksum is not that of the content", End - 4);
    }
}
