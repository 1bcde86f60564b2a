using System.Globalization;
using System.Text;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>The addresses of the API, all on the configured endpoint: those inside answers may name another host (civitai-api 1.1).</summary>
internal sealed class CivitaiAddresses(Uri endpoint)
{
    private readonly string _root = endpoint.AbsoluteUri.TrimEnd('/');

    public Uri Model(ModelId id) => new($"{_root}/api/v1/models/{id}");

    public Uri ModelInList(ModelId id) => new($"{_root}/api/v1/models?ids={id}&nsfw=true");

    public Uri Version(ModelVersionId id) => new($"{_root}/api/v1/model-versions/{id}");

    public Uri VersionMini(ModelVersionId id) => new($"{_root}/api/v1/model-versions/mini/{id}");

    public Uri VersionByHash(ContentHash hash) => new($"{_root}/api/v1/model-versions/by-hash/{hash.Hex.ToUpperInvariant()}");

    public Uri VersionsByHashes => new($"{_root}/api/v1/model-versions/by-hash");

    public Uri IdsByHashes => new($"{_root}/api/v1/model-versions/by-hash/ids");

    public Uri Me => new($"{_root}/api/v1/me");

    /// <param name="query">Parameters; those without a value are left out.</param>
    public Uri Api(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var address = new StringBuilder(_root).Append("/api/v1/").Append(path);
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (string.IsNullOrEmpty(value)) continue;
            address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return new(address.ToString());
    }

    public Uri Download(ModelVersionId version, FileId file) => new($"{_root}/api/download/models/{version}?fileId={file}");

    public Uri Download(ModelVersionId version) => new($"{_root}/api/download/models/{version}");

    /// <summary>The same path and query on the endpoint, whatever host an answer named (it may be <c>undefined</c>).</summary>
    public Uri? OnEndpoint(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var named) && named.AbsolutePath.StartsWith("/api/download/models/", StringComparison.Ordinal)
            ? new(_root + WithoutToken(named.PathAndQuery))
            : null;

    /// <param name="parameters">In order; those without a value are left out.</param>
    public Uri Search(IEnumerable<(string Name, string? Value)> parameters, SearchPosition at) =>
        Api("models", [.. parameters, ("ids", at.Ids is null ? null : string.Join(',', at.Ids)), ("cursor", at.Cursor)]);

    /// <summary>How many entries of a list to ask for at once: all that are wanted, as far as the site gives them.</summary>
    public static (string Name, string? Value) Limit(long? wanted, int most) => ("limit", Math.Min(wanted ?? most, most).ToString(CultureInfo.InvariantCulture));

    private static string WithoutToken(string pathAndQuery)
    {
        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0) return pathAndQuery;
        var kept = pathAndQuery[(mark + 1)..].Split('&').Where(pair => !pair.StartsWith("token=", StringComparison.OrdinalIgnoreCase)).ToArray();
        return kept.Length == 0 ? pathAndQuery[..mark] : $"{pathAndQuery[..mark]}?{string.Join('&', kept)}";
    }
}
