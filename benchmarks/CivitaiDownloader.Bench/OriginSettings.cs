namespace CivitaiDownloader.Bench;

internal sealed record OriginSettings(IReadOnlyList<OriginFile> Files)
{
    public bool Https { get; init; }

    /// <summary>Whether it speaks HTTP/2 to who asks for it, over HTTPS.</summary>
    public bool Http2 { get; init; }

    /// <summary>What stands between the program and the files; the API is always reached directly.</summary>
    public Relay? Relay { get; init; }

    /// <summary>How many of a hundred requests for a file are answered 503.</summary>
    public int RefusedPercent { get; init; }

    public string Scheme => Https ? "https" : "http";
}
