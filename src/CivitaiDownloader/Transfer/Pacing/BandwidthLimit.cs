namespace CivitaiDownloader.Transfer.Pacing;

/// <summary>
/// How many bytes a second may arrive, for everybody who shares it. Bytes are counted where they were read; whoever read them goes on when that many were
/// allowed (the generic cell rate algorithm, counted in bytes, so that a change of the limit applies at once to what is owed). Safe from any thread; no locks.
/// </summary>
public sealed class BandwidthLimit(TimeProvider time)
{
    // What a window may hold too much is one allowance and one step of each reader: 50 ms and 16 times 5 ms are 2.6 % of 5 s.
    private const double AllowanceSeconds = 0.05; // made up for after a late timer or an idle time
    private const double StepSeconds = 0.005;
    private const int SmallestStep = 64;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1); // timers are no finer
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50); // then the limit is looked at again

    private Pace? _pace; // null: no limit. Replaced whole.
    private long _counted; // bytes that were read, and those that an idle time let pass

    /// <summary>Null: no limit. Changeable at any time; whoever waits goes by the new one within 50 ms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public long? BytesPerSecond
    {
        get => Volatile.Read(ref _pace)?.BytesPerSecond;
        set
        {
            if (value is { } bytes) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes, nameof(value));
            while (true)
            {
                var before = Volatile.Read(ref _pace);
                if (before?.BytesPerSecond == value) return;
                var now = time.GetTimestamp();
                var after = value is { } limit ? new Pace(limit, AllowedUnder(limit, before, now), now, time.TimestampFrequency) : null;
                if (Interlocked.CompareExchange(ref _pace, after, before) == before) return;
            }
        }
    }

    /// <summary>The most bytes to read at once: 5 ms' worth, at least 64; <paramref name="wanted"/> when there is no limit.</summary>
    /// <param name="wanted">What there is room for; above zero.</param>
    public int Step(int wanted) => Volatile.Read(ref _pace) is { } pace ? (int)Math.Min(wanted, pace.StepBytes) : wanted;

    /// <summary>Counts <paramref name="bytes"/> that were read, and returns when more may be.</summary>
    public ValueTask WaitAsync(int bytes, CancellationToken cancellationToken) => WaitForAsync(Count(bytes), cancellationToken);

    /// <summary>Counts without waiting.</summary>
    /// <returns>What <see cref="WaitForAsync"/> is to wait for.</returns>
    internal long Count(int bytes)
    {
        if (Volatile.Read(ref _pace) is not { } pace) return 0;
        var earliest = pace.AllowedAt(time.GetTimestamp()) - pace.AllowanceBytes;
        while (true)
        {
            var counted = Volatile.Read(ref _counted);
            var after = Math.Max(counted, earliest) + bytes;
            if (Interlocked.CompareExchange(ref _counted, after, counted) == counted) return after;
        }
    }

    /// <summary>Returns when as many bytes are allowed as were counted up to <paramref name="count"/>.</summary>
    internal ValueTask WaitForAsync(long count, CancellationToken cancellationToken) =>
        Volatile.Read(ref _pace) is not { } pace || pace.AllowedAt(time.GetTimestamp()) >= count ? default : SleepAsync(count, cancellationToken);

    private async ValueTask SleepAsync(long count, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _pace) is { } pace && count - pace.AllowedAt(time.GetTimestamp()) is > 0 and var owed)
        {
            var wait = TimeSpan.FromSeconds(Math.Min((double)owed / pace.BytesPerSecond, LongestWait.TotalSeconds));
            await Task.Delay(wait < ShortestWait ? ShortestWait : wait, time, cancellationToken);
        }
    }

    // What is owed stays owed, but for no longer than it would have been: 4 MiB read under 1 GiB/s would be minutes of 10 KiB/s.
    private long AllowedUnder(long limit, Pace? before, long now)
    {
        var counted = Volatile.Read(ref _counted);
        if (before is null) return counted;
        var allowed = before.AllowedAt(now);
        var owed = Math.Max(0, counted - allowed);
        return limit >= before.BytesPerSecond || owed == 0 ? allowed : counted - (long)((double)owed * limit / before.BytesPerSecond);
    }

    /// <summary>A limit and since when it is one. Bytes allowed grow in a straight line.</summary>
    private sealed class Pace(long bytesPerSecond, long allowedBefore, long since, long timestampFrequency)
    {
        private readonly double _bytesPerTick = (double)bytesPerSecond / timestampFrequency;

        public long BytesPerSecond => bytesPerSecond;

        public long StepBytes { get; } = Math.Max(SmallestStep, (long)(bytesPerSecond * StepSeconds));

        public long AllowanceBytes { get; } = (long)(bytesPerSecond * AllowanceSeconds);

        public long AllowedAt(long timestamp) => allowedBefore + (long)((timestamp - since) * _bytesPerTick);
    }
}
