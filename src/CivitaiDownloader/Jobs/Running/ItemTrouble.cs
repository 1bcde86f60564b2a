using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>What a failed attempt means for its item and its job. Decided by the fault alone, never by text.</summary>
internal enum ItemTrouble
{
    /// <summary>Trying again does not help.</summary>
    Final,

    /// <summary>It may go well later: a few more attempts.</summary>
    Passing,

    /// <summary>No host answers: maybe the network is gone. Attempts do not count while it is.</summary>
    Unreachable,

    /// <summary>Another process has the file, or its place in the queue of the site; soon again, uncounted.</summary>
    Busy,

    /// <summary>The day's quota, or a host that says how long to wait: much later again, uncounted.</summary>
    Throttled,

    /// <summary>It needs a key that is accepted.</summary>
    SignIn,

    /// <summary>The disk is full: nothing of the job can go on.</summary>
    NoSpace,
}

internal static class ItemTroubles
{
    public static ItemTrouble Of(Exception failure) => failure switch
    {
        CatalogException { Fault: CatalogFault.SignInRequired or CatalogFault.KeyRejected } => ItemTrouble.SignIn,
        CatalogException { Fault: CatalogFault.Throttled or CatalogFault.QuotaReached } => ItemTrouble.Throttled,
        TransferException { Fault: TransferFault.DiskFull } or LibraryException { Fault: LibraryFault.NoSpace } or StorageException { Fault: StorageFault.NoSpace } => ItemTrouble.NoSpace,
        TransferException { Fault: TransferFault.Busy } or StorageException { Fault: StorageFault.Locked } => ItemTrouble.Busy,
        TransferException { Fault: TransferFault.Unreachable } => ItemTrouble.Unreachable,
        HttpException { IsTransient: true } => ItemTrouble.Unreachable,
        CivitaiDownloaderException { IsTransient: true } => ItemTrouble.Passing,
        IOException when DiskFull.Caused(failure) => ItemTrouble.NoSpace,
        _ => ItemTrouble.Final,
    };
}

/// <summary>Says with which code a command about one item alone would end after a failure.</summary>
public delegate int ExitCodeOf(Exception failure);
