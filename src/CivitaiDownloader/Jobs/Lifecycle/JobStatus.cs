namespace CivitaiDownloader.Jobs.Lifecycle;

/// <summary>Where a job stands. What may follow what: <see cref="JobLifecycle"/>.</summary>
public enum JobStatus
{
    /// <summary>Nobody works on it yet.</summary>
    Pending,

    /// <summary>Its items are being worked on, or wait for a process that does.</summary>
    Processing,

    /// <summary>Nothing of it runs until it is resumed; <see cref="PauseReason"/> says by whom or what.</summary>
    Paused,

    /// <summary>Every item has its end, and some of them a good one.</summary>
    Completed,

    /// <summary>Every item has its end, and none a good one, or the job's own rule says so.</summary>
    Failed,

    /// <summary>Called off. For good: what is missing is the beginning of another job.</summary>
    Cancelled,
}

/// <summary>Why a job is paused.</summary>
public enum PauseReason
{
    /// <summary>Somebody said so; only <c>job resume</c> ends it.</summary>
    Asked,

    /// <summary>The disk is full; it goes on by itself when there is space.</summary>
    NoSpace,

    /// <summary>All that is left waits for a key that is accepted; ended by <c>login</c> and <c>job resume</c>.</summary>
    SignIn,
}
