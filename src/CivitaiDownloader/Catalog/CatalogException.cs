using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>What Civitai's refusal means (civitai-api 1.6, 8.4).</summary>
public enum CatalogFault
{
    /// <summary>Unknown, unpublished, deleted or hidden from the caller: the site does not tell these apart.</summary>
    NotFound,

    /// <summary>Its page is kept, its files are not offered any more.</summary>
    Archived,

    /// <summary>There is no key, and one is needed. Questions other than a download's also say it of a key that is not accepted.</summary>
    SignInRequired,

    /// <summary>There is a key, and the site does not accept it.</summary>
    KeyRejected,

    /// <summary>By the creator, whatever the key.</summary>
    DownloadsDisabled,

    /// <summary>It has to be bought, or waited for: see <see cref="CatalogException.Deadline"/>.</summary>
    EarlyAccess,

    /// <summary>This account or network may not have it.</summary>
    AccessRefused,
    RegionBlocked,

    /// <summary>The site's count of downloads within a day is used up: waiting a little does not help.</summary>
    QuotaReached,

    /// <summary>Too many questions in a short time.</summary>
    Throttled,

    /// <summary>The site does not take a filter as it was given.</summary>
    InvalidRequest,

    /// <summary>It answered 5xx, also to the last attempt.</summary>
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

/// <summary>Civitai answered, and what it answered is a refusal or cannot be read. <see cref="CivitaiDownloaderException.Hint"/> says what to do next.</summary>
public sealed class CatalogException(CatalogFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public CatalogFault Fault { get; } = fault;

    /// <summary>When early access ends; null when it does not say or does not apply.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public override string Code => FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => Fault is CatalogFault.Throttled or CatalogFault.ServerFailing or CatalogFault.PageAnswer or CatalogFault.UnreadableAnswer;
}
