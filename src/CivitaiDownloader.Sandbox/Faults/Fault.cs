using CivitaiDownloader.Sandbox.Ledger;

namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>One thing that goes wrong, for which requests, and how often. Everything that narrows it must fit.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>How much: its unit is the kind's (<see cref="FaultKind"/>).</summary>
    public long Amount { get; init; }

    /// <summary>Only for this model; null for all.</summary>
    public int? Model { get; init; }

    /// <summary>Only for this version; null for all.</summary>
    public int? Version { get; init; }

    /// <summary>Only for this file; null for all.</summary>
    public int? File { get; init; }

    /// <summary>Only for paths that begin so; null for all.</summary>
    public string? Path { get; init; }

    /// <summary>Only on this host; null for the ones it makes sense on.</summary>
    public SandboxSite? Site { get; init; }

    /// <summary>Only for requests this says yes to; null for all. Called under a lock: it must be quick and not ask the board.</summary>
    public Func<FaultRequest, bool>? When { get; init; }

    /// <summary>How many requests it hits.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>It waits until so many bytes of the file were served.</summary>
    public long After { get; init; }

    /// <summary>The Retry-After header with a status, verbatim.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The Retry-After header with a status, as a date so far from the answer.</summary>
    public TimeSpan? RetryAt { get; init; }

    internal bool Fits(FaultRequest request) =>
        (Site is null || Site == request.Site)
        && (Model is null || Model == request.Model) && (Version is null || Version == request.Version) && (File is null || File == request.File)
        && (Path is null || request.Path.StartsWith(Path, StringComparison.Ordinal))
        && request.Served >= After
        // An answer too short to be cut there, such as a probe's, does not use the fault up.
        && (Kind is not (FaultKind.Cut or FaultKind.Stall) || Amount < request.BodyBytes)
        && (When is null || When(request));
}
