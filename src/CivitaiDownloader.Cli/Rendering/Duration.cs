using System.Globalization;

namespace CivitaiDownloader.Cli.Rendering;

internal static class Duration
{
    /// <summary><c>0.4 s</c>, <c>37 s</c>, <c>4:07</c>, <c>2:04:07</c>.</summary>
    public static string Short(TimeSpan span) => span switch
    {
        { TotalSeconds: < 9.95 } => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalSeconds: < 99.5 } => span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => span.ToString(@"m\:ss", CultureInfo.InvariantCulture),
        _ => $"{(int)span.TotalHours}:{span.ToString(@"mm\:ss", CultureInfo.InvariantCulture)}",
    };

    /// <summary><c>a moment ago</c>, <c>5 minutes ago</c>, <c>3 hours ago</c>, <c>12 days ago</c>.</summary>
    public static string Ago(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "a moment ago",
        { TotalHours: < 1 } => Counted((int)age.TotalMinutes, "minute"),
        { TotalDays: < 2 } => Counted((int)age.TotalHours, "hour"),
        _ => Counted((int)age.TotalDays, "day"),
    };

    private static string Counted(int count, string unit) => count == 1 ? $"1 {unit} ago" : $"{count} {unit}s ago";
}
