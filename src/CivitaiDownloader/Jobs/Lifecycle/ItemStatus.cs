namespace CivitaiDownloader.Jobs.Lifecycle;

/// <summary>Where one item of a job stands.</summary>
public enum ItemStatus
{
    /// <summary>Its turn has not come, or it was given back; not before <c>NotBefore</c> where that is set.</summary>
    Pending,

    /// <summary>A process has claimed it; <see cref="ItemStage"/> says what is done.</summary>
    Processing,

    /// <summary>Stands still until the account may fetch it: a key is missing, was revoked or is not enough.</summary>
    WaitingForSignIn,

    /// <summary>Fetched, or copied from elsewhere in the library, and in place.</summary>
    Completed,

    /// <summary>It was there already.</summary>
    Skipped,

    /// <summary>It arrived and was put aside.</summary>
    Quarantined,

    Failed,

    /// <summary>Its job was called off before it was done.</summary>
    Cancelled,
}

/// <summary>What is done to an item that is being processed, in this order.</summary>
public enum ItemStage
{
    /// <summary>The catalogue is asked what it is now, and history whether it is there.</summary>
    Resolving,
    Downloading,

    /// <summary>All bytes are there; length and hash are settled.</summary>
    Verifying,
    Scanning,

    /// <summary>It gets its name, history, and its companions.</summary>
    Placing,
}

public static class ItemStatusFacts
{
    extension(ItemStatus status)
    {
        /// <summary>Whether it has its end, good or bad.</summary>
        public bool IsOver => status is not (ItemStatus.Pending or ItemStatus.Processing or ItemStatus.WaitingForSignIn);

        /// <summary>Whether it is in the library now.</summary>
        public bool IsDone => status is ItemStatus.Completed or ItemStatus.Skipped;
    }
}
