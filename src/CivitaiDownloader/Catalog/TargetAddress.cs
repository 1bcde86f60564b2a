using System.Text.RegularExpressions;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>Reads pages and download addresses of the site, with and without their scheme. Only numbers and what describes a file are taken from them.</summary>
internal sealed partial class TargetAddress(Uri endpoint)
{
    // .com and .red are two faces of one catalogue; .green is an older one that lives on in what people paste (civitai-api 1.1).
    private static readonly HashSet<string> Hosts = new(StringComparer.OrdinalIgnoreCase)
    {
        "civitai.com", "civitai.red", "civitai.green", "www.civitai.com", "www.civitai.red", "www.civitai.green", "api.civitai.com",
    };

    /// <returns>False for what is no address at all.</returns>
    public bool TryComplete(string target, out string address)
    {
        address = target.Contains("://", StringComparison.Ordinal) ? target : "https://" + target;
        if (target.Contains("://", StringComparison.Ordinal)) return true;
        var host = target.Split('/', '?')[0];
        return host.Length < target.Length && (Hosts.Contains(host) || host.Equals(endpoint.Authority, StringComparison.OrdinalIgnoreCase));
    }

    /// <exception cref="FormatException">It is on another site, or not a page of a model.</exception>
    public Target Read(string target, string text, string forms)
    {
        if (!Uri.TryCreate(target, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new FormatException($"'{TargetText.Show(text)}' is not an address of a model: give {forms}.");
        if (!IsCivitai(address)) throw new FormatException($"'{TargetText.Show(text)}' is on '{TargetText.Show(address.Host)}', not on Civitai: give {forms}.");
        var path = address.AbsolutePath;
        if (DownloadPath().Match(path) is { Success: true } download) return ByDownload(new(TargetParser.Id(download.Groups[1].Value, text)), address, text);
        if (VersionPath().Match(path) is { Success: true } version) return new Target.ByVersion(new(TargetParser.Id(version.Groups[1].Value, text)));
        if (ModelPath().Match(path) is { Success: true } page)
        {
            var model = new ModelId(TargetParser.Id(page.Groups[1].Value, text));
            return QueryValue(address, "modelVersionId") is { } chosen ? new Target.ByVersion(new(TargetParser.Id(chosen, text)), model) : new Target.ByModel(model);
        }

        throw new FormatException($"'{TargetText.Show(text)}' is not the page of a model: it should look like https://civitai.com/models/4201.");
    }

    private static Target.ByFile ByDownload(ModelVersionId version, Uri address, string text)
    {
        if (QueryValue(address, "fileId") is { } file) return new(version, new FileId(TargetParser.Id(file, text)));
        var traits = new FileTraits
        {
            Type = QueryValue(address, "type"),
            Format = QueryValue(address, "format"),
            Size = QueryValue(address, "size"),
            Precision = QueryValue(address, "fp"),
            QuantType = QueryValue(address, "quantType"),
        };
        return new(version, null) { Traits = traits == new FileTraits() ? null : traits };
    }

    private bool IsCivitai(Uri address) => Hosts.Contains(address.IdnHost)
        || (address.IdnHost.Equals(endpoint.IdnHost, StringComparison.OrdinalIgnoreCase) && address.Port == endpoint.Port)
        || address.Authority.Equals(endpoint.Authority, StringComparison.OrdinalIgnoreCase); // completed with https, while the endpoint speaks http on its own port

    private static string? QueryValue(Uri address, string name) => address.Query.TrimStart('?').Split('&')
        .Where(pair => pair.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
        .Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..].Replace('+', ' ')))
        .FirstOrDefault(value => value.Length > 0);

    [GeneratedRegex(@"^/(?:api/v1/)?models/([^/]+)(?:/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ModelPath();

    [GeneratedRegex(@"^/(?:api/v1/)?model-versions/(?:mini/)?([^/]+)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex VersionPath();

    // Some answers name api.civitai.com, without /api before the path (civitai-api 1.1).
    [GeneratedRegex(@"^/(?:api/)?download/models/([^/]+)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex DownloadPath();
}
