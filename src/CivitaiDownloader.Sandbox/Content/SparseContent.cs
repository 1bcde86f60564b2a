namespace CivitaiDownloader.Sandbox.Content;

/// <summary>
/// A file of any size that is zeros but for a mebibyte of <see cref="GeneratedContent"/> around each gibibyte, its beginning and its end included. A disk that keeps
/// no zeros holds a thousandth of it, and every power of two from 2^30 on lies inside bytes that are like no others.
/// </summary>
public sealed class SparseContent(ulong seed, long length, SampleHashes? known = null) : SampleContent
{
    private const long Every = 1L << 30;
    private const long Half = 1L << 19;

    private readonly GeneratedContent _made = new(seed, length);

    public override long Length => length;

    public override SampleHashes Hashes => known ?? base.Hashes;

    public override void Fill(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var at = (offset + Half) % Every;
            var run = destination[..(int)Math.Min(destination.Length, (at < 2 * Half ? 2 * Half : Every) - at)];
            if (at < 2 * Half) _made.Fill(offset, run);
            else run.Clear();
            offset += run.Length;
            destination = destination[run.Length..];
        }
    }
}
