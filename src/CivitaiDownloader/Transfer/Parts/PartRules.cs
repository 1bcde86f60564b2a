namespace CivitaiDownloader.Transfer.Parts;

/// <summary>How large parts are. Lengths in bytes.</summary>
internal sealed record PartRules(int Connections)
{
    /// <summary>The first request asks for so much, before anything is known: a file up to this size costs one request.</summary>
    public const long FirstBytes = 16L << 20;

    /// <summary>Parts end on multiples of this, but for the file's end.</summary>
    public const long Grain = 64 << 10;

    /// <summary>A remainder below twice this is not shared: to ask for it costs as much as to wait for it.</summary>
    public const long LeastShare = 256 << 10;

    private const long LeastBytes = 2L << 20;
    private const long UsualBytes = 4L << 20;

    // What is fetched ahead of the slowest part is hashed after it, when the file is here already: so all parts together stay within what a
    // processor hashes in a tenth of a second.
    private const long WindowBytes = 128L << 20;

    // A request costs a round trip in which its connection brings nothing: a part shall last so many of them.
    private const int RoundTrips = 25;

    /// <summary>The size of the next part.</summary>
    /// <param name="unassigned">Bytes that are missing and that nobody fetches.</param>
    /// <param name="bytesPerSecond">What one connection brings; 0 when not known.</param>
    /// <param name="firstByte">How long a request takes to its first byte.</param>
    public long Next(long unassigned, double bytesPerSecond, TimeSpan firstByte)
    {
        var worthTheTrip = (long)(bytesPerSecond * firstByte.TotalSeconds * RoundTrips);
        var most = Math.Min(Math.Max(UsualBytes, worthTheTrip), Math.Max(LeastBytes, WindowBytes / Connections));
        // Smaller towards the end, so that all connections get there together.
        return Aligned(Math.Min(most, Math.Max(unassigned / Connections, LeastBytes)));
    }

    public static long Aligned(long bytes) => (bytes + Grain - 1) / Grain * Grain;
}
