using System.Net.Http.Headers;

namespace CivitaiDownloader.Primitives;

/// <summary>A run of bytes in one remote file. The end is exclusive, so lengths and splits are plain subtraction.</summary>
public readonly record struct ByteRange(long Start, long End)
{
    public long Start { get; } = Start;

    public long End { get; } = End >= Start && Start >= 0 ? End
        : throw new ArgumentOutOfRangeException(nameof(End), End, $"A range cannot start at {Start} and end there.");

    public long Length => End - Start;

    // HTTP names the last byte, not the one after it (RFC 9110, section 14.1.2). Convert here and nowhere else.
    public RangeHeaderValue ToHeader() => Length > 0 ? new(Start, End - 1)
        : throw new InvalidOperationException($"An empty range at {Start} cannot be asked for over HTTP.");

    public override string ToString() => $"[{Start}, {End})";
}
