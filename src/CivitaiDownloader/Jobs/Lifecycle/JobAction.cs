namespace CivitaiDownloader.Jobs.Lifecycle;

/// <summary>What can be done to a job, by people or by the process that runs it.</summary>
public enum JobAction
{
    /// <summary>A process begins to work on it.</summary>
    Start,

    /// <summary>Nothing of it is to run; what runs stops at the byte.</summary>
    Pause,

    /// <summary>It may run again.</summary>
    Resume,

    /// <summary>Nothing more of it is to be done, ever.</summary>
    Cancel,

    /// <summary>What failed is tried again.</summary>
    Retry,

    /// <summary>The last item has its end, and some ended well.</summary>
    Complete,

    /// <summary>The last item has its end, and none ended well, or the job's own rule was broken.</summary>
    Fail,
}
