using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Cli.Get;

/// <summary>
/// Lets a change of Transfer:Bandwidth in config.json take effect while files are fetched: <c>civitai-dl config set</c> in another shell is the way to it.
/// The file's time is looked at each second, which works on every file system; what is given by flag or variable stays as it is.
/// </summary>
internal sealed class BandwidthFromFile : IDisposable
{
    private const string Key = "Transfer:Bandwidth";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly BandwidthClock _clock;
    private readonly Action<string> _warn;
    private readonly ITimer _timer;
    private (DateTime ChangedAt, long Bytes) _seen;
    private bool _isBroken;

    private BandwidthFromFile(string path, BandwidthClock clock, TimeProvider time, Action<string> warn)
    {
        (_path, _clock, _warn, _seen) = (path, clock, warn, Stamp(path));
        _timer = time.CreateTimer(static state => ((BandwidthFromFile)state!).Look(), this, BetweenLooks, Timeout.InfiniteTimeSpan);
    }

    /// <param name="warn">Told once when the file cannot be used; what it said before goes on.</param>
    /// <returns>Null where a flag or a variable decides.</returns>
    public static BandwidthFromFile? Watch(CliSettings settings, BandwidthClock clock, TimeProvider time, Action<string> warn) =>
        settings.Set.TryGetValue(Key, out var set) && set.Source > SettingSource.File ? null : new(settings.File, clock, time, warn);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Stamp(_path) is var stamp && stamp != _seen)
        {
            _seen = stamp;
            Apply();
        }

        try
        {
            _timer.Change(BetweenLooks, Timeout.InfiniteTimeSpan); // the next look when this one is over
        }
        catch (ObjectDisposedException)
        {
            // Everything was fetched meanwhile.
        }
    }

    private void Apply()
    {
        var read = SettingsFile.ReadAll(_path);
        var set = read.LastOrDefault(one => one.Value?.Key == Key).Value;
        var mistake = set is null ? read.FirstOrDefault(one => one.Mistake is not null).Mistake?.Message : null; // with a mistake elsewhere the value still counts
        if (mistake is null)
        {
            if (BandwidthTimetable.TryParse(set?.Value ?? "off", out var timetable, out var wrong)) _clock.Timetable = timetable;
            else mistake = $"{Key} cannot be '{VisibleText.OneLine(set?.Value, 80)}': {wrong}";
        }

        if (mistake is not null && !_isBroken) _warn($"{mistake}. The bandwidth stays as it was.");
        _isBroken = mistake is not null;
    }

    private static (DateTime, long) Stamp(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
