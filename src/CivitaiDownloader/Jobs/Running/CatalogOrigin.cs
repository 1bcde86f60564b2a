using CivitaiDownloader.Catalog;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Lets Transfer ask for links without knowing who gives them.</summary>
internal sealed class CatalogOrigin(DownloadLinks links, DownloadTarget file) : IOrigin
{
    // The catalogue's links are signed anew on every call and none is kept, so any link is a fresh one.
    public async ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) => await links.ResolveAsync(file, cancellationToken);
}
