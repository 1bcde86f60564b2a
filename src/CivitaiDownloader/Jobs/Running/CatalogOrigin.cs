using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Lets Transfer ask for links and hashes without knowing who gives them.</summary>
internal sealed class CatalogOrigin(CivitaiCatalog catalog, DownloadLinks links, DownloadTarget file) : IOrigin
{
    // The catalogue's links are signed anew on every call and none is kept, so any link is a fresh one.
    public async ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) => await links.ResolveAsync(file, cancellationToken);

    public async ValueTask<IReadOnlyList<ContentHash>?> GetHashesAsync(CancellationToken cancellationToken)
    {
        var version = await catalog.GetVersionAsync(file.Version, CacheUse.Refresh, cancellationToken);
        return version.Files.FirstOrDefault(listed => listed.Id == file.File.Id)?.Hashes;
    }
}
