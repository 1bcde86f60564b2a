using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

public enum CatalogFault
{
    NotFound,
    Archived,
    SignInRequired,
    KeyRejected,
    DownloadsDisabled,
    EarlyAccess,
    AccessRefused,
    RegionBlocked,
    QuotaReached,
    Throttled,
    InvalidRequest,
    ServerFailing,

    /// <summary>A page where data was expected: a challenge, a maintenance page, a login page.</summary>
    PageAnswer,

    /// <summary>Data that cannot be read.</summary>
    UnreadableAnswer,

    /// <summary>The version has no file that fits what was asked for.</summary>
    NoSuchFile,

    /// <summary>More than one file fits.</summary>
    AmbiguousFile,

    /// <summary>A number that is both a model's and a version's.</summary>
    AmbiguousNumber,
}

public sealed class CatalogException(CatalogFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public CatalogFault Fault { get; } = fault;

    /// <summary>When early access ends; null when it does not say or does not apply.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public override string Code => FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => Fault is CatalogFault.Throttled or CatalogFault.ServerFailing or CatalogFault.PageAnswer or CatalogFault.UnreadableAnswer;
}
