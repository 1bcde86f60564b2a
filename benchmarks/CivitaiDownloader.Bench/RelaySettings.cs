namespace CivitaiDownloader.Bench;

/// <summary>What lies between the program and the origin. Everything holds for each connection alike; what is not set costs nothing.</summary>
internal sealed record RelaySettings
{
    public TimeSpan RoundTrip { get; init; }

    /// <summary>From the origin, all connections together.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>From the origin, each connection. Not nginx's limit_rate: that holds for each request, and gives each a second's worth at once.</summary>
    public long? BytesPerSecondOfEach { get; init; }

    /// <summary>A connection is reset after so many bytes from the origin, on average: exponentially distributed, so a long life so far says nothing about the rest.</summary>
    public long? MeanBytesUntilCut { get; init; }
}
