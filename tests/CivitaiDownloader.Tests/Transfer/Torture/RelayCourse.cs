namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>How what the origin sends comes to its end on one connection, short of what it sends.</summary>
internal enum RelayEnding
{
    /// <summary>The connection is closed in good order (Toxiproxy's limit_data).</summary>
    Close,

    /// <summary>Closed, but only <see cref="RelayCourse.Wait"/> after the last byte (slow_close).</summary>
    SlowClose,

    /// <summary>Dropped with an RST (reset_peer).</summary>
    Reset,

    /// <summary>No byte and no end any more (timeout).</summary>
    Silence,

    /// <summary>The sending side is closed, the connection stays.</summary>
    HalfClose,

    /// <summary>Refused as soon as it is there.</summary>
    Refuse,
}

/// <summary>
/// What goes wrong on one connection through a <see cref="Relay"/>. Positions are bytes on their way to the client, counted over the whole connection, whatever the
/// number of answers on it. Everything can be had together; nothing is the default.
/// </summary>
internal sealed record RelayCourse
{
    public static RelayCourse Plain { get; } = new();

    /// <summary>On the way to the origin: each request is so late, and up to <see cref="Jitter"/> later.</summary>
    public TimeSpan Latency { get; init; }

    public TimeSpan Jitter { get; init; }

    public long? BytesPerSecond { get; init; }

    /// <summary>Bytes of one small write (slicer), from half of it to half as much again.</summary>
    public int? SliceBytes { get; init; }

    /// <summary>The first answer goes through so far, then comes the trouble.</summary>
    public long After { get; init; }

    /// <summary>At <see cref="After"/> nothing comes for so long; then it goes on.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>So many bytes behind <see cref="After"/> come one at a time.</summary>
    public long TrickledBytes { get; init; }

    public TimeSpan TrickleEvery { get; init; } = TimeSpan.FromSeconds(1);

    public RelayEnding? Ending { get; init; }

    /// <summary>Behind <see cref="After"/> the next body ends so many bytes too early, and the connection with it.</summary>
    public int TruncatedBytes { get; init; }

    /// <summary>From <see cref="After"/> on so many bytes of bodies are left out, as if they had never been.</summary>
    public int LostBytes { get; init; }

    /// <summary>Bytes of bodies, counted over the connection, that arrive with one bit flipped. Heads are never touched: who changes those can do anything.</summary>
    public IReadOnlyList<long> Flips { get; init; } = [];

    public TimeSpan Wait { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Whether the bytes that arrive are not the bytes that were sent.</summary>
    public bool Lies => LostBytes > 0 || Flips.Count > 0;

    /// <summary>Only what is not as it should be.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Latency > TimeSpan.Zero || Jitter > TimeSpan.Zero) parts.Add($"latency {Latency.TotalMilliseconds:0}+{Jitter.TotalMilliseconds:0} ms");
        if (BytesPerSecond is { } pace) parts.Add($"{pace} B/s");
        if (SliceBytes is { } slice) parts.Add($"slices of {slice}");
        if (Flips.Count > 0) parts.Add($"flips at {string.Join('/', Flips)}");
        if (LostBytes > 0) parts.Add($"{LostBytes} lost");
        if (TruncatedBytes > 0) parts.Add($"{TruncatedBytes} truncated");
        if (Pause > TimeSpan.Zero) parts.Add($"pause {Pause.TotalMilliseconds:0} ms");
        if (TrickledBytes > 0) parts.Add($"{TrickledBytes} trickle every {TrickleEvery.TotalMilliseconds:0} ms");
        if (Ending is { } ending) parts.Add($"{ending}");
        return parts.Count == 0 ? "plain" : $"{string.Join(", ", parts)} (after {After})";
    }
}
