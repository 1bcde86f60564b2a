using System.Globalization;
using System.Text.RegularExpressions;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>Reads targets as people type and paste them: <c>4201</c>, <c>4201@5</c>, pages and download addresses of the site, AIRs, <c>sha256:…</c>.</summary>
public sealed partial class TargetParser(Uri endpoint)
{
    private const long LargestId = int.MaxValue; // of the API (civitai-api 4)
    private const string Forms = "a model id (4201), MODEL@VERSION, a civitai.com page or download address, an AIR, or sha256:HASH";

    private static readonly HashSet<string> Hosts = new(StringComparer.OrdinalIgnoreCase) { "civitai.com", "civitai.red", "civitai.green" };

    /// <exception cref="FormatException">It is none of these; the message says what is allowed.</exception>
    public Target Parse(string text)
    {
        var target = text.Trim();
        if (target.Length == 0) throw new FormatException($"The target is empty: give {Forms}.");
        if (NumberForm().Match(target) is { Success: true } number) return ByNumbers(number, text);
        if (AirForm().Match(target) is { Success: true } air) return ByAir(air, text);
        if (HashForm().Match(target) is { Success: true } hash) return ByHash(hash, text);
        if (target.Contains("://", StringComparison.Ordinal)) return ByAddress(target, text);
        // A page pasted without its scheme.
        if (Hosts.Any(host => target.StartsWith(host + "/", StringComparison.OrdinalIgnoreCase) || target.StartsWith($"www.{host}/", StringComparison.OrdinalIgnoreCase)))
            return ByAddress("https://" + target, text);
        throw new FormatException($"'{Show(text)}' is not a target: give {Forms}. To look for a name, use `civitai-dl search`.");
    }

    private static Target ByNumbers(Match match, string text)
    {
        var model = new ModelId(Id(match.Groups[1].Value, text));
        return match.Groups[2].Success ? new Target.ByVersion(new(Id(match.Groups[2].Value, text)), model) : new Target.ByModel(model);
    }

    private static Target ByAir(Match match, string text)
    {
        if (!match.Groups["source"].Value.Equals("civitai", StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"'{Show(text)}' names a model of '{Show(match.Groups["source"].Value)}', not of Civitai.");
        var model = new ModelId(Id(match.Groups["model"].Value, text));
        if (!match.Groups["version"].Success) return new Target.ByModel(model);
        var version = new ModelVersionId(Id(match.Groups["version"].Value, text));
        return match.Groups["file"].Success ? new Target.ByFile(version, new FileId(Id(match.Groups["file"].Value, text))) : new Target.ByVersion(version, model);
    }

    private static Target.ByHash ByHash(Match match, string text)
    {
        var kind = Enum.Parse<HashKind>(match.Groups[1].Value, ignoreCase: true);
        return ContentHash.TryParse(kind, match.Groups[2].Value, out var hash)
            ? new Target.ByHash(hash)
            : throw new FormatException($"'{Show(text)}' does not have the digits of a {kind} hash.");
    }

    private Target ByAddress(string target, string text)
    {
        if (!Uri.TryCreate(target, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new FormatException($"'{Show(text)}' is not an address of a model: give {Forms}.");
        if (!IsCivitai(address)) throw new FormatException($"'{Show(text)}' is on '{Show(address.Host)}', not on Civitai: give {Forms}.");
        var path = address.AbsolutePath;
        if (DownloadPath().Match(path) is { Success: true } download)
            return new Target.ByFile(new(Id(download.Groups[1].Value, text)), QueryValue(address, "fileId") is { } file ? new FileId(Id(file, text)) : null);
        if (VersionPath().Match(path) is { Success: true } version) return new Target.ByVersion(new(Id(version.Groups[1].Value, text)));
        if (ModelPath().Match(path) is { Success: true } page)
        {
            var model = new ModelId(Id(page.Groups[1].Value, text));
            return QueryValue(address, "modelVersionId") is { } chosen ? new Target.ByVersion(new(Id(chosen, text)), model) : new Target.ByModel(model);
        }

        throw new FormatException($"'{Show(text)}' is not the page of a model: it should look like https://civitai.com/models/4201.");
    }

    private bool IsCivitai(Uri address)
    {
        var host = address.IdnHost.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? address.IdnHost[4..] : address.IdnHost;
        return Hosts.Contains(host) || (address.IdnHost.Equals(endpoint.IdnHost, StringComparison.OrdinalIgnoreCase) && address.Port == endpoint.Port);
    }

    private static long Id(string digits, string text) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= LargestId
            ? id
            : throw new FormatException($"'{Show(digits)}' in '{Show(text)}' is not an id: ids are whole numbers from 1 to {LargestId}.");

    private static string? QueryValue(Uri address, string name) => address.Query.TrimStart('?').Split('&')
        .Where(pair => pair.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
        .Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..]))
        .FirstOrDefault();

    // A pasted address may hold a key; nothing behind the question mark is ever shown.
    private static string Show(string text) => VisibleText.OneLine(text.Split('?')[0], 120);

    [GeneratedRegex(@"^(-?\d+)(?:@(-?\d+))?$")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^(?:urn:)?air:(?:[^:]*:){0,2}(?<source>[^:]+):(?<model>\d+)(?:@(?<version>\d+))?(?:\+(?<file>\d+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex AirForm();

    [GeneratedRegex(@"^(sha256|blake3|autov1|autov2|autov3|crc32):(\w+)$", RegexOptions.IgnoreCase)]
    private static partial Regex HashForm();

    [GeneratedRegex(@"^/(?:api/v1/)?models/([^/]+)(?:/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ModelPath();

    [GeneratedRegex(@"^/(?:api/v1/)?model-versions/([^/]+)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex VersionPath();

    [GeneratedRegex(@"^/api/download/models/([^/]+)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex DownloadPath();
}
