using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer;

/// <summary>What kept a file from arriving whole.</summary>
public enum TransferFault
{
    /// <summary>Another process holds the partial file.</summary>
    Busy,

    /// <summary>The host cannot be reached or drops every connection.</summary>
    Unreachable,

    /// <summary>The host answers 429 or 5xx and goes on doing so.</summary>
    SourceFailing,

    /// <summary>The host refuses even a fresh link.</summary>
    LinkRefused,

    /// <summary>The file is gone from its host.</summary>
    SourceGone,

    /// <summary>The file changed again and again while it was fetched.</summary>
    SourceChanged,

    /// <summary>A page came in place of the file.</summary>
    NotAFile,

    /// <summary>More or fewer bytes than announced.</summary>
    WrongLength,

    /// <summary>All bytes arrived and their hash is wrong.</summary>
    Damaged,

    DiskFull,
    NotWritable,

    /// <summary>The journal was written by a newer version of this program.</summary>
    JournalTooNew,
}

public sealed class TransferException(TransferFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public TransferFault Fault { get; } = fault;

    public override string Code => FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => Fault is TransferFault.Unreachable or TransferFault.SourceFailing or TransferFault.Busy;
}
