namespace CivitaiDownloader.Catalog;

/// <summary>Names the catalogue behind an endpoint: the numbers of models, versions and files mean something within one catalogue only.</summary>
public static class CatalogSite
{
    private const string Civitai = "civitai.com";

    /// <returns><c>civitai.com</c> for each of its faces (civitai-api 1.1); else host and port, lower case.</returns>
    public static string Of(Uri endpoint)
    {
        var host = endpoint.IdnHost.ToLowerInvariant();
        var bare = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        return bare is Civitai or "civitai.red" or "civitai.green" ? Civitai : endpoint.Authority.ToLowerInvariant();
    }
}
