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
}
