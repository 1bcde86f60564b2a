using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>A request for bytes of the file, and what its answer is held against.</summary>
/// <param name="Known">What the source showed before; null where nothing is known yet.</param>
internal sealed record Question(Uri Link, ByteRange Range, SourceFacts? Known)
{
    /// <summary>Sent as If-Range; null where there is nothing to send.</summary>
    public string? Tag => Known?.TagFor(Link);

    /// <summary>The same for one byte: whose answer shows as much of the source.</summary>
    public Question OfOneByte => this with { Range = new(Range.Start, Range.Start + 1) };
}
