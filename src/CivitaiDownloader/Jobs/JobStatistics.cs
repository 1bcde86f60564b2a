using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs;

/// <summary>What the work on a job came to so far.</summary>
/// <param name="Errors">What failed or stands still, by its cause; the most frequent first.</param>
public sealed record JobStatistics(JobRecord Job, IReadOnlyList<ErrorGroup> Errors)
{
    /// <summary>Bytes that came over the network, all attempts together.</summary>
    public long BytesFetched { get; init; }

    /// <summary>Claims of items beyond the first of each.</summary>
    public long Repeats { get; init; }

    /// <summary>Files that a hash of the catalogue proved.</summary>
    public int Verified { get; init; }

    /// <summary>How long each stage of the last attempts took, all items together: more than the clock's time where several ran at once.</summary>
    public StageTimes Times { get; init; } = new();

    internal JobStatistics With(ItemRecord item) => this with
    {
        BytesFetched = BytesFetched + item.BytesFetched,
        Repeats = Repeats + Math.Max(0, item.Attempts - 1),
        Verified = Verified + (item.IsVerified ? 1 : 0),
        Times = new()
        {
            Resolving = Sum(Times.Resolving, item.Times.Resolving),
            Downloading = Sum(Times.Downloading, item.Times.Downloading),
            Verifying = Sum(Times.Verifying, item.Times.Verifying),
            Scanning = Sum(Times.Scanning, item.Times.Scanning),
            Placing = Sum(Times.Placing, item.Times.Placing),
        },
    };

    private static TimeSpan? Sum(TimeSpan? one, TimeSpan? other) => one is null ? other : one + (other ?? TimeSpan.Zero);
}
