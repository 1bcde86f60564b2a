namespace CivitaiDownloader.Sandbox.Content;

/// <summary>A file with more behind its end than belongs there.</summary>
internal sealed class PaddedContent(SampleContent inner, long padding) : SampleContent
{
    public override long Length => inner.Length + padding;

    public override void Fill(long offset, Span<byte> destination)
    {
        var own = (int)Math.Clamp(inner.Length - offset, 0, destination.Length);
        if (own > 0) inner.Fill(offset, destination[..own]);
        destination[own..].Fill(0xEE);
    }
}
