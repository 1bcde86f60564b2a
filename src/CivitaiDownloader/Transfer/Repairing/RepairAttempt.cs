namespace CivitaiDownloader.Transfer.Repairing;

/// <summary>What was tried, in vain, to put a file right. Lengths in bytes.</summary>
internal sealed record RepairAttempt
{
    /// <summary>What the disk had lost and was fetched again; null where there is no journal to hold it against.</summary>
    public long? OnDisk { get; init; }

    /// <summary>What was fetched a second time to be compared; null where the host gives no parts, so that nothing could be looked for.</summary>
    public long? FetchedAgain { get; init; }

    /// <summary>Of it, what came differently from the first time.</summary>
    public long CameDifferently { get; init; }
}
