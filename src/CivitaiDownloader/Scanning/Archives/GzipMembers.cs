using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CivitaiDownloader.Scanning.Content;
using SharpCompress.Compressors;
using SharpCompress.Compressors.Deflate;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Members of a gzip file (RFC 1952).</summary>
internal sealed class GzipMembers(ScanItem item, ScanState state) : CompressedMembers(item)
{
    private const int HasHeaderChecksum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Reserved = 0xe0;

    private readonly FeedStream _feed = new(item.Source);
    private readonly Crc32 _checksum = new();
    private DeflateStream? _deflate;
    private long _start;
    private uint _length;

    public override long End => _feed.Position;

    protected override Stream? Open()
    {
        if (Item.Source.Peek(End, 2) is not [0x1f, 0x8b]) return null;
        ReadHeader();
        (_start, _length) = (End, 0);
        return _deflate = new(_feed, CompressionMode.Decompress, CompressionLevel.Default, leaveOpen: true);
    }

    protected override void Unpacked(ReadOnlySpan<byte> bytes)
    {
        _checksum.Append(bytes);
        unchecked { _length += (uint)bytes.Length; }
    }

    protected override void Finish()
    {
        _feed.Position = _start + _deflate!.TotalIn; // the decoder was fed ahead
        Span<byte> trailer = stackalloc byte[8];
        _feed.ReadExactly(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _checksum.GetCurrentHashAsUInt32()) throw new UnreadableException("the checksum is not that of the content", End - 8);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != _length) throw new UnreadableException("the length is not that of the content", End - 4);
        _checksum.Reset();
    }

    private void ReadHeader()
    {
        Span<byte> header = stackalloc byte[10];
        var at = End;
        _feed.ReadExactly(header);
        if (header[2] != 8 || (header[3] & Reserved) != 0) throw new UnreadableException("a method or flags that no program knows", at + 2);
        if ((header[3] & HasExtra) != 0)
        {
            var extra = _feed.ReadByte() | (_feed.ReadByte() << 8);
            for (var skipped = 0; skipped < extra; skipped++) _feed.ReadByte();
        }

        // Programs that are told to give the file the name it had believe this one.
        if ((header[3] & HasName) != 0) MemberNames.Check(ReadText(), Item, state, at);
        if ((header[3] & HasComment) != 0) ReadText();
        if ((header[3] & HasHeaderChecksum) != 0) _feed.Position += 2;
    }

    private string ReadText()
    {
        var text = new StringBuilder();
        for (int letter; (letter = _feed.ReadByte()) != 0;)
        {
            if (text.Length == 64 * 1024) throw new UnreadableException("a name or comment of more than 64 KiB", End);
            text.Append((char)letter); // Latin-1 by the standard
        }

        return text.ToString();
    }
}
