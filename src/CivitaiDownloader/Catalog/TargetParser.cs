using System.Globalization;
using System.Text.RegularExpressions;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>
/// Reads targets as people type and paste them: <c>4201</c>, <c>4201@42010</c>, pages and download addresses of the site, AIRs, hashes, files on disk.
/// Looks at the disk only to tell whether a path is there.
/// </summary>
/// <param name="endpoint">The configured site: its pages are read besides Civitai's own.</param>
public sealed partial class TargetParser(Uri endpoint)
{
    private const long LargestId = int.MaxValue; // of the API (civitai-api 4)
    private const string Forms = "a model id (4201), MODEL@VERSION, a civitai.com page or download address, an AIR, a hash (sha256:HASH), or a file";

    private readonly TargetAddress _addresses = new(endpoint);

    /// <exception cref="FormatException">It is none of these; the message says what is allowed.</exception>
    public Target Parse(string text)
    {
        var target = text.Trim();
        if (target.Length == 0) throw new FormatException($"The target is empty: give {Forms}.");
        if (NumberForm().Match(target) is { Success: true } number) return ByNumbers(number, text);
        if (PrefixForm().Match(target) is { Success: true } prefixed) return ByPrefix(prefixed, text);
        if (AirForm().Match(target) is { Success: true } air) return ByAir(air, text);
        if (HashForm().Match(target) is { Success: true } hash) return ByHash(hash, text);
        if (_addresses.TryComplete(target, out var address)) return _addresses.Read(address, text, Forms);
        if (TargetPath.Looks(target)) return TargetPath.Read(target);
        if (HashReading.Of(target).Count > 0) return new Target.ByDigits(target.ToLowerInvariant());
        throw new FormatException($"'{TargetText.Show(text)}' is not a target: give {Forms}. To look for a name, use `civitai-dl search`.");
    }

    internal static long Id(string digits, string text) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= LargestId
            ? id
            : throw new FormatException($"'{TargetText.Show(digits)}' in '{TargetText.Show(text)}' is not an id: ids are whole numbers from 1 to {LargestId}.");

    private static Target ByNumbers(Match match, string text)
    {
        var digits = match.Groups[1].Value;
        if (!match.Groups[2].Success)
        {
            if (HashReading.Of(digits) is { Count: > 0 } readings && digits.Length < 64) throw MayBeHash(digits, readings);
            return digits.Length == 64 ? new Target.ByDigits(digits) : new Target.ByNumber(Id(digits, text));
        }

        var model = new ModelId(Id(digits, text));
        var version = new ModelVersionId(Id(match.Groups[2].Value, text));
        return match.Groups[3].Success ? new Target.ByFile(version, new FileId(Id(match.Groups[3].Value, text))) { Model = model } : new Target.ByVersion(version, model);
    }

    // Eight, ten or twelve digits without a letter: one short hash in fifty looks like that.
    private static FormatException MayBeHash(string digits, IReadOnlyList<ContentHash> readings)
    {
        var ways = readings.Select(reading => reading.ToString());
        if (digits.Length < 12) ways = [$"model:{digits}", $"version:{digits}", .. ways];
        return new($"'{digits}' may be an id or a hash: write {string.Join(" or ", ways)}.");
    }

    private static Target ByPrefix(Match match, string text)
    {
        var id = Id(match.Groups[2].Value, text);
        if (match.Groups[1].Value.Equals("model", StringComparison.OrdinalIgnoreCase)) return new Target.ByModel(new(id));
        return match.Groups[3].Success ? new Target.ByFile(new(id), new FileId(Id(match.Groups[3].Value, text))) : new Target.ByVersion(new(id));
    }

    private static Target ByAir(Match match, string text)
    {
        if (!match.Groups["source"].Value.Equals("civitai", StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"'{TargetText.Show(text)}' names a model of '{TargetText.Show(match.Groups["source"].Value)}', not of Civitai.");
        var model = new ModelId(Id(match.Groups["model"].Value, text));
        if (!match.Groups["version"].Success) return new Target.ByModel(model);
        var version = new ModelVersionId(Id(match.Groups["version"].Value, text));
        return match.Groups["file"].Success ? new Target.ByFile(version, new FileId(Id(match.Groups["file"].Value, text))) { Model = model } : new Target.ByVersion(version, model);
    }

    private static Target.ByHash ByHash(Match match, string text)
    {
        var kind = Enum.Parse<HashKind>(match.Groups[1].Value, ignoreCase: true);
        return ContentHash.TryParse(kind, match.Groups[2].Value, out var hash)
            ? new Target.ByHash(hash)
            : throw new FormatException($"'{TargetText.Show(text)}' does not have the digits of a {kind} hash.");
    }

    [GeneratedRegex(@"^(-?\d+)(?:@(-?\d+)(?:\+(\d+))?)?$")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^(model|version):(-?\d+)(?:(?<=^version:\d+)\+(\d+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex PrefixForm();

    // urn:air:{ecosystem}:{type}:{source}:{model}@{version}+{file}, the last two and a format behind them as they please (civitai-api 2.6).
    [GeneratedRegex(@"^(?:urn:)?air:(?:[^:]*:){0,2}(?<source>[^:]+):(?<model>\d+)(?:@(?<version>\d+))?(?:\+(?<file>\d+))?(?:\.\w+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex AirForm();

    [GeneratedRegex(@"^(sha256|blake3|autov1|autov2|autov3|crc32):(\w+)$", RegexOptions.IgnoreCase)]
    private static partial Regex HashForm();
}
