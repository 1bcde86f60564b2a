using System.Globalization;
using System.Text.RegularExpressions;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>A single byte range of a request (RFC 9110, section 14.1.2). The end is exclusive.</summary>
internal sealed partial record RequestedRange(long Start, long End, bool IsSatisfiable)
{
    /// <returns>Null when there is none, or a form that may be ignored.</returns>
    public static RequestedRange? Read(string? header, long length)
    {
        if (header is null || Form().Match(header) is not { Success: true } match) return null;
        var first = match.Groups[1].Value;
        var last = match.Groups[2].Value;
        if (first.Length == 0 && last.Length == 0) return null;
        if (first.Length == 0) return new(Math.Max(0, length - Number(last)), length, length > 0 && Number(last) > 0);
        var start = Number(first);
        var end = last.Length == 0 ? length : Math.Min(length, Number(last) + 1);
        return new(start, end, start < length && start < end);
    }

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^bytes=(\d{0,18})-(\d{0,18})$")]
    private static partial Regex Form();
}
