using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer;

/// <summary>Why a link is asked for.</summary>
public enum LinkNeed
{
    /// <summary>The transfer begins or goes on; a link still known to be good will do.</summary>
    Any,

    /// <summary>The last link was refused by its host. It must not be handed out again.</summary>
    Fresh,
}

/// <summary>Where one file's bytes come from. Links are short-lived and may be asked for again at any time during a transfer.</summary>
public interface IOrigin
{
    /// <summary>An absolute address that answers ranged GET requests without any credential.</summary>
    ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken);

    /// <summary>What the content must hash to as its publisher says now: asked when what arrived is wrong, for the file may have been replaced meanwhile.</summary>
    /// <returns>Null where it cannot be said.</returns>
    ValueTask<IReadOnlyList<ContentHash>?> GetHashesAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ContentHash>?>(null);
}
