namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>A clock that somebody sets, hours forth and back, at every look; timestamps and timers go on as they should.</summary>
internal sealed class JumpingClock(int seed) : TimeProvider
{
    private readonly Random _random = new(seed);
    private int _looks;

    /// <summary>How often anybody asked what time it is.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _looks);
        lock (_random) return base.GetUtcNow() + TimeSpan.FromHours((_random.NextDouble() * 96) - 48);
    }
}
