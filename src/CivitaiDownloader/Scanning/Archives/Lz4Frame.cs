using System.IO.Hashing;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>The blocks of one LZ4 frame (LZ4 block format). Keeps one block and the 64 KiB before it, to which matches may reach back.</summary>
internal sealed class Lz4Frame(SourceReader reader, int largestBlock) : ForwardStream
{
    private const int Reach = 64 * 1024;

    private readonly byte[] _window = new byte[Reach + largestBlock];
    private int _history, _at, _end;
    private bool _isOver;

    public bool AreIndependent { get; init; }

    public bool HaveChecksums { get; init; }

    /// <summary>A checksum over the content stands behind the last block.</summary>
    public bool HasChecksum { get; init; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_at == _end && !_isOver) NextBlock();
        count = Math.Min(count, _end - _at);
        _window.AsSpan(_at, count).CopyTo(buffer.AsSpan(offset));
        _at += count;
        return count;
    }

    private void NextBlock()
    {
        KeepHistory();
        var start = reader.Position;
        var size = reader.ReadUInt32();
        if (size == 0)
        {
            _isOver = true;
            return;
        }

        var (isStored, length) = (size >> 31 != 0, (int)(size & int.MaxValue));
        if (length > largestBlock) throw new UnreadableException("a block larger than its frame allows", start);
        var block = reader.ReadBytes(length);
        if (HaveChecksums && reader.ReadUInt32() != XxHash32.HashToUInt32(block)) throw new UnreadableException("a block fails its checksum", start);
        if (!isStored) Unpack(block, start);
        else Put(block, start);
    }

    private void KeepHistory()
    {
        _history = AreIndependent ? 0 : Math.Min(Reach, _end);
        _window.AsSpan(_end - _history, _history).CopyTo(_window);
        _at = _end = _history;
    }

    private void Unpack(ReadOnlySpan<byte> block, long start)
    {
        var at = 0;
        while (at < block.Length)
        {
            var token = block[at++];
            var literals = LengthOf(block, token >> 4, ref at, start);
            if (literals > block.Length - at) throw Broken(start);
            Put(block.Slice(at, literals), start);
            at += literals;
            if (at == block.Length) return; // the last sequence has no match
            if (at + 2 > block.Length) throw Broken(start);
            var back = block[at] | (block[at + 1] << 8);
            at += 2;
            Repeat(back, LengthOf(block, token & 0xf, ref at, start) + 4, start);
        }
    }

    private static int LengthOf(ReadOnlySpan<byte> block, int first, ref int at, long start)
    {
        if (first != 15) return first;
        for (var more = 255; more == 255;)
        {
            if (at >= block.Length || first > int.MaxValue - 1024) throw Broken(start);
            first += more = block[at++];
        }

        return first;
    }

    private void Put(ReadOnlySpan<byte> bytes, long start)
    {
        if (bytes.Length > _history + largestBlock - _end) throw Broken(start);
        bytes.CopyTo(_window.AsSpan(_end));
        _end += bytes.Length;
    }

    private void Repeat(int back, int length, long start)
    {
        if (back == 0 || back > _end || length > _history + largestBlock - _end) throw Broken(start);
        for (; length > 0; length--, _end++) _window[_end] = _window[_end - back];
    }

    private static UnreadableException Broken(long start) => new("a block that does not unpack", start);
}
