using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>What keeps a job from going faster, or at all.</summary>
public enum JobLimit
{
    /// <summary>Nothing that is known: the line, the host, or the machine.</summary>
    None,

    /// <summary>Its own limit of bytes a second.</summary>
    Rate,
    Paused,
    NoSpace,
    SignIn,

    /// <summary>Its hours have not begun.</summary>
    Hours,

    /// <summary>Nothing can be reached.</summary>
    NetworkGone,

    /// <summary>What is left waits before it is tried again.</summary>
    Retry,

    /// <summary>Another process works on what is left.</summary>
    Elsewhere,

    /// <summary>No process works on it.</summary>
    Nobody,
}

/// <summary>A file this process works on.</summary>
public sealed record RunningItemSnapshot(ItemRecord Item, ItemStage Stage, TransferSnapshot Transfer);

/// <summary>One job as this process works on it.</summary>
/// <param name="Fetched">Bytes that came for it in this process.</param>
public sealed record JobRunSnapshot(JobRecord Job, IReadOnlyList<RunningItemSnapshot> Running, long Fetched, JobLimit Limit)
{
    /// <summary>When it goes on by itself: the next try, the beginning of its hours; null where that is not known or it goes on now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Since when nothing can be reached.</summary>
    public DateTimeOffset? GoneSince { get; init; }
}
