using System.Buffers.Binary;

namespace CivitaiDownloader.Sandbox.Content;

/// <summary>
/// A file of any size that costs no disk: a random block over and over, with its number stamped into each 64 KiB, so that no two places are alike and a
/// byte at the wrong offset shows. Filling runs at the speed of copying.
/// </summary>
public sealed class GeneratedContent : SampleContent
{
    private const int BlockBytes = 1 << 20;
    private const int StampEvery = 1 << 16;

    private readonly ulong _seed;
    private readonly byte[] _block = new byte[BlockBytes];
    private readonly SampleHashes? _known;

    /// <param name="known">The hashes when they are known already: those of 20 GiB take a while.</param>
    public GeneratedContent(ulong seed, long length, SampleHashes? known = null)
    {
        (_seed, Length, _known) = (seed, length, known);
        var state = seed;
        for (var i = 0; i < BlockBytes; i += 8) BinaryPrimitives.WriteUInt64LittleEndian(_block.AsSpan(i), Next(ref state));
    }

    public override long Length { get; }

    public override SampleHashes Hashes => _known ?? base.Hashes;

    public override void Fill(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var at = (int)(offset % BlockBytes);
            var run = Math.Min(destination.Length, BlockBytes - at);
            _block.AsSpan(at, run).CopyTo(destination);
            Stamp(offset, destination[..run]);
            offset += run;
            destination = destination[run..];
        }
    }

    private void Stamp(long offset, Span<byte> run)
    {
        Span<byte> stamp = stackalloc byte[8];
        for (var start = offset - (offset % StampEvery); start < offset + run.Length; start += StampEvery)
        {
            var state = _seed ^ (ulong)start;
            BinaryPrimitives.WriteUInt64LittleEndian(stamp, Next(ref state));
            for (var i = 0; i < stamp.Length; i++)
            {
                var at = start + i - offset;
                if (at >= 0 && at < run.Length) run[(int)at] = stamp[i];
            }
        }
    }

    // SplitMix64 (Steele, Lea, Flood 2014): public domain, one multiplication chain a word.
    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
