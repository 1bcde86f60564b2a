using System.Globalization;
using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Cli.Info;

/// <summary>Who may download a version, as far as the site tells beforehand; the download itself has the last word.</summary>
/// <param name="Who">As programs read it: anyone, key, buyers, granted, nobody, unknown.</param>
/// <param name="EarlyAccess">In words with its date and state; null when the version never had any.</param>
internal sealed record DownloadAccess(string Who, string Words, string? EarlyAccess, DateTimeOffset? EarlyAccessEndsAt)
{
    public bool IsOpen => Who is "anyone" or "key";

    /// <param name="access">Null when the site did not answer.</param>
    /// <param name="usageControl">Null when it is not known.</param>
    public static DownloadAccess Of(Model? model, ModelVersion version, VersionAccess? access, string? usageControl, DateTimeOffset now)
    {
        var early = version.EarlyAccess ?? (access?.EarlyAccessEndsAt is { } end ? new EarlyAccess(Permanent: false, end) : null);
        var (who, words) = Judge(model, version, access, usageControl ?? version.UsageControl, early?.MayBeClosedAt(now) == true);
        return new(who, words, early is null ? null : Describe(early, now), early?.EndsAt);
    }

    private static (string Who, string Words) Judge(Model? model, ModelVersion version, VersionAccess? access, string? usageControl, bool isGated) => (access?.Availability ?? version.Availability) switch
    {
        _ when model?.IsArchived == true || version.Model?.Mode == "Archived" => ("nobody", "nobody: it is archived, its files are not offered any more"),
        _ when usageControl is not null and not "Download" => ("nobody", "nobody: its creator has switched downloads off"),
        _ when isGated => ("buyers", "those who bought access" + (access?.RequireAuth == false ? "" : ", with their key")),
        "Private" => ("granted", "only accounts that its creator let in"),
        _ when access is null => ("unknown", "not known: Civitai did not say"),
        _ when access.CheckPermission == true && version.EarlyAccess is null => ("granted", "only accounts that its creator let in"),
        _ when access.RequireAuth == true => ("key", "anyone with a key (signed in)"),
        _ => ("anyone", "anyone; without a key as far as Civitai says"),
    };

    private static string Describe(EarlyAccess early, DateTimeOffset now)
    {
        if (early.Permanent) return "paid for good: only buyers can have it";
        if (early.EndsAt is not { } end) return "early access without an end date";
        var date = end.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
        return end > now ? $"early access until {date} ({Left(end - now)})" : $"early access ended {date}: open now";
    }

    private static string Left(TimeSpan left) => left.TotalDays >= 2 ? $"{left.TotalDays:0} days left" : left.TotalHours >= 2 ? $"{left.TotalHours:0} hours left" : "ends soon";
}
