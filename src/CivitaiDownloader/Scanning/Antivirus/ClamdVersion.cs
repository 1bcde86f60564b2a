using System.Globalization;

namespace CivitaiDownloader.Scanning.Antivirus;

/// <summary>What clamd says it is: <c>ClamAV 1.4.3/27800/Sat Nov 28 09:27:11 2026</c>, without the last two where it has none of ClamAV's own databases.</summary>
/// <param name="Program">Name and version.</param>
/// <param name="Database">The number of the daily database; null without.</param>
/// <param name="MadeAt">When that was made, by clamd's own clock; null where it does not say.</param>
public sealed record ClamdVersion(string Program, int? Database, DateTime? MadeAt)
{
    private static readonly string[] Times = ["ddd MMM d HH:mm:ss yyyy", "ddd MMM dd HH:mm:ss yyyy"];

    /// <returns>Null for what is no version.</returns>
    public static ClamdVersion? Read(string text)
    {
        var parts = text.Split('/', 3);
        if (!parts[0].StartsWith("ClamAV ", StringComparison.Ordinal)) return null;
        int? database = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        DateTime? madeAt = parts.Length > 2 && DateTime.TryParseExact(parts[2], Times, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var time) ? time : null;
        return new(parts[0], database, madeAt);
    }
}
