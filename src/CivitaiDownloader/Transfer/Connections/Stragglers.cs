using CivitaiDownloader.Transfer.Parts;

namespace CivitaiDownloader.Transfer.Connections;

/// <summary>
/// Finds connections that have become so slow that others would do their part sooner: below a fifth of the median for five seconds. What they have not
/// brought is missing again and goes to whoever asks next.
/// </summary>
internal sealed class Stragglers(TimeProvider time)
{
    private const double Fraction = 0.2;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Part, Pace> _paces = [];
    private long _lookedAt;
    private double _median; // also of connections that are through: the last one is held against them

    public void Look(PartPlan plan)
    {
        if (_lookedAt != 0 && time.GetElapsedTime(_lookedAt) < BetweenLooks) return;
        var now = time.GetTimestamp();
        var since = _lookedAt == 0 ? BetweenLooks : time.GetElapsedTime(_lookedAt, now);
        _lookedAt = now;
        var running = plan.Running();
        Measure(running, since);
        foreach (var part in running)
        {
            var pace = _paces[part];
            if (pace.BytesPerSecond >= Fraction * _median || pace.SlowSince == 0)
            {
                pace.SlowSince = pace.BytesPerSecond >= Fraction * _median ? 0 : now;
                continue;
            }

            if (time.GetElapsedTime(pace.SlowSince, now) < Patience) continue;
            if (running.Length == 1) _median = 0; // once: the next may be as slow, and then it is the host
            part.Drop();
            pace.SlowSince = now;
        }
    }

    private void Measure(Part[] running, TimeSpan since)
    {
        foreach (var gone in _paces.Keys.Except(running).ToArray()) _paces.Remove(gone);
        foreach (var part in running)
        {
            if (!_paces.TryGetValue(part, out var pace)) _paces[part] = pace = new();
            pace.BytesPerSecond = (part.Received - pace.Seen) / since.TotalSeconds;
            pace.Seen = part.Received;
        }

        // One connection has no others to be held against; the upper of two is the median.
        if (running.Length >= 2) _median = running.Select(part => _paces[part].BytesPerSecond).Order().ElementAt(running.Length / 2);
    }

    private sealed class Pace
    {
        public long Seen { get; set; }
        public double BytesPerSecond { get; set; }
        public long SlowSince { get; set; }
    }
}
