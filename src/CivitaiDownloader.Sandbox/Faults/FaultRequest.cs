using CivitaiDownloader.Sandbox.Ledger;

namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>The request a fault may hit, and what it is about.</summary>
public sealed record FaultRequest(SandboxSite Site, string Method, string Path)
{
    /// <summary>Null where the request names none, as a search does.</summary>
    public int? Model { get; init; }
    public int? Version { get; init; }
    public int? File { get; init; }

    /// <summary>Bytes of the file that were served before.</summary>
    public long Served { get; init; }

    /// <summary>The length of the body that is about to be sent; unlimited until it is known.</summary>
    public long BodyBytes { get; init; } = long.MaxValue;
}
