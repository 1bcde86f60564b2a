using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Connections;

/// <summary>How one request for a part ended.</summary>
internal abstract record AttemptEnd
{
    private AttemptEnd() { }

    /// <summary>The part is whole, or the body has ended where it said it would.</summary>
    public sealed record Done : AttemptEnd;

    public sealed record Failed(Trouble Trouble) : AttemptEnd;

    public sealed record Broken(Cut Cut) : AttemptEnd;

    /// <summary>Others are so much faster that this connection was given up.</summary>
    public sealed record Dropped : AttemptEnd;

    /// <summary>The source sends the whole file, and too much of it lies before the part.</summary>
    public sealed record RangeIgnored(Uri Link) : AttemptEnd;
}
