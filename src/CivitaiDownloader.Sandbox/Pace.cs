namespace CivitaiDownloader.Sandbox;

/// <summary>Spreads bytes over time, for all who share it.</summary>
internal sealed class Pace
{
    private readonly Lock _lock = new();
    private long _dueAt; // timestamp at which everything so far is paid for; guarded by _lock

    public async ValueTask WaitAsync(int bytes, long? bytesPerSecond, TimeProvider time, CancellationToken cancellationToken)
    {
        if (bytesPerSecond is not > 0) return;
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _dueAt = Math.Max(_dueAt, now) + (long)((double)bytes / bytesPerSecond.Value * time.TimestampFrequency);
            wait = time.GetElapsedTime(now, _dueAt);
        }

        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
    }
}
