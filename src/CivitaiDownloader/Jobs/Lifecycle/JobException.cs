using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Lifecycle;

public enum JobFault
{
    /// <summary>No job has this number or name.</summary>
    NoSuchJob,

    /// <summary>Several jobs have this name.</summary>
    AmbiguousName,

    /// <summary>The lifecycle has no such transition.</summary>
    InvalidTransition,

    /// <summary>Nothing is in it, or nothing of it is left to do.</summary>
    Empty,

    /// <summary>Something is still at work on it.</summary>
    InUse,

    /// <summary>A process has not let go of it yet; that passes.</summary>
    InHand,
}

public sealed class JobException(JobFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public JobFault Fault { get; } = fault;

    public override string Code => FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => Fault == JobFault.InHand;
}
