namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>What a job was told, as the columns of <c>job</c> have it.</summary>
internal sealed class SettingValues(JobSettings settings)
{
    public const string Columns = "strategy, parallel, bytes_per_second, hours_from, hours_to, library, max_failures";
    public const string Parameters = "$strategy, $parallel, $rate, $from, $to, $library, $failures";

    public (string Name, object? Value)[] Values =>
    [
        ("$strategy", (int)settings.Strategy), ("$parallel", settings.Parallel), ("$rate", settings.BytesPerSecond), ("$from", OfDay(settings.Hours?.From)), ("$to", OfDay(settings.Hours?.To)),
        ("$library", settings.Library), ("$failures", settings.MaxFailures),
    ];

    private static long? OfDay(TimeOnly? time) => time?.Ticks / TimeSpan.TicksPerMillisecond;
}
