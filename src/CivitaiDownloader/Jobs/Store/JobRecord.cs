using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store;

/// <summary>Which of several jobs or items comes first.</summary>
public enum Priority
{
    Low = -1,
    Normal = 0,
    High = 1,
}

/// <summary>How many files run at a time.</summary>
public enum StrategyKind
{
    /// <summary>One after the other.</summary>
    Sequential,

    /// <summary>A fixed number at a time.</summary>
    Parallel,

    /// <summary>As many as the measured conditions make worth while.</summary>
    Adaptive,
}

/// <summary>What a job was told when it was made.</summary>
public sealed record JobSettings
{
    public StrategyKind Strategy { get; init; } = StrategyKind.Adaptive;

    /// <summary>Files at a time; of <see cref="StrategyKind.Parallel"/> only.</summary>
    public int? Parallel { get; init; }

    /// <summary>Bytes a second for the whole job; null for no limit of its own.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>When it may run, by the local clock; null for always.</summary>
    public DailyHours? Hours { get; init; }

    /// <summary>A folder in place of the library's root; absolute. Null for the library of whoever runs it.</summary>
    public string? Library { get; init; }

    /// <summary>The job fails as soon as so many items have failed; null for never.</summary>
    public int? MaxFailures { get; init; }
}

/// <summary>A part of every day, by the local clock. An end before the start lies on the next day.</summary>
public readonly record struct DailyHours(TimeOnly From, TimeOnly To)
{
    /// <summary>From is in it, To is not.</summary>
    public bool Include(TimeOnly now) => From < To ? now >= From && now < To : now >= From || now < To;

    public override string ToString() => $"{From:HH\\:mm}-{To:HH\\:mm}";
}

/// <summary>How many items stand where, and their bytes by the catalogue's estimate.</summary>
public sealed record JobCounts
{
    public int Total { get; init; }
    public int Pending { get; init; }
    public int Processing { get; init; }
    public int WaitingForSignIn { get; init; }
    public int Completed { get; init; }
    public int Skipped { get; init; }
    public int Quarantined { get; init; }
    public int Failed { get; init; }
    public int Cancelled { get; init; }

    /// <summary>Of items that are completed or skipped.</summary>
    public long BytesDone { get; init; }

    /// <summary>Of all items; what names no size counts as nothing.</summary>
    public long BytesTotal { get; init; }

    /// <summary>Items that have no end yet.</summary>
    public int Left => Pending + Processing + WaitingForSignIn;
}

/// <summary>A job as the store has it.</summary>
public sealed record JobRecord
{
    public required JobId Id { get; init; }

    /// <summary>As its maker named it; one line, may be shared by several.</summary>
    public required string Name { get; init; }
    public required JobStatus Status { get; init; }

    /// <summary>Set while it is paused.</summary>
    public PauseReason? PausedFor { get; init; }
    public required JobSettings Settings { get; init; }
    public Priority Priority { get; init; }

    /// <summary>Its place among jobs of the same priority; the lowest comes first.</summary>
    public long Position { get; init; }

    /// <summary>What it was made of, as it was typed; without secrets.</summary>
    public string Source { get; init; } = "";
    public required JobCounts Counts { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Grows with every change of the job or one of its items.</summary>
    public long Revision { get; init; }
}
