using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store;

/// <summary>A process that works on jobs, as the store knows it. Made new with each start: never the same again.</summary>
public readonly record struct RunnerId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}

/// <summary>An item that is the runner's until it is settled or given back, or until the runner is not heard of for <see cref="IJobStore.ClaimLifetime"/>.</summary>
/// <param name="Number">Differs with each claim of an item: what an expired one says is not taken any more.</param>
public sealed record ItemClaim(ItemRecord Item, JobRecord Job, RunnerId Runner, int Number);

/// <summary>What a runner wants next.</summary>
public sealed record ClaimWish
{
    public required RunnerId Runner { get; init; }

    /// <summary>At least 1.</summary>
    public required int Most { get; init; }

    /// <summary>Only of these jobs; null for any that is due.</summary>
    public IReadOnlyCollection<JobId>? Jobs { get; init; }

    /// <summary>Only items of fewer bytes (those that name no size are not); null for any size.</summary>
    public long? Below { get; init; }

    /// <summary>Only items of at least as many bytes, or that name no size; null for any size.</summary>
    public long? AtLeast { get; init; }
}

/// <summary>How a claimed item ended.</summary>
/// <param name="Status">Completed, skipped, quarantined, failed, or waiting for sign-in.</param>
public sealed record ItemEnd(ItemStatus Status)
{
    public ItemError? Error { get; init; }
    public string? Path { get; init; }
    public string? Sha256 { get; init; }
    public bool IsVerified { get; init; }
    public string Verdict { get; init; } = "unknown";

    /// <summary>Bytes that came over the network in this attempt.</summary>
    public long BytesFetched { get; init; }

    /// <summary>Its size now that it is known; null to leave the plan's.</summary>
    public long? Bytes { get; init; }
    public StageTimes Times { get; init; } = new();
    public string? Note { get; init; }
}

/// <summary>A claimed item that goes back to the others, because of a pause or to be tried again later.</summary>
public sealed record ItemReturn
{
    /// <summary>Null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What kept it; null when nothing was wrong with it.</summary>
    public ItemError? Error { get; init; }
    public long BytesFetched { get; init; }
    public StageTimes Times { get; init; } = new();

    /// <summary>Whether the attempt counts: not when it was only stopped.</summary>
    public bool Counts { get; init; }

    /// <summary>How it ends if its job is over meanwhile: of one whose file has its name already. Null: cancelled.</summary>
    public ItemEnd? IfOver { get; init; }
}
