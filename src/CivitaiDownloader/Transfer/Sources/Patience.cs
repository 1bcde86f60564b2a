namespace CivitaiDownloader.Transfer.Sources;

/// <summary>
/// How long one connection goes on: its attempts count only while no new byte of the file comes, over this connection or any other; waits grow with
/// decorrelated jitter (AWS architecture blog, 2015).
/// </summary>
internal sealed class Patience(TransferOptions options, TimeProvider time, Random jitter, TransferMeter meter)
{
    private static readonly TimeSpan MostAskedFor = TimeSpan.FromMinutes(2); // a host that wants a day is asked again all the same, a few times

    private int _fruitless;
    private long _fetchedBefore;
    private long _stillSince;
    private TimeSpan _wait = options.RetryBaseDelay;

    // Of many connections the unluckiest would decide by its attempts alone.
    public bool IsExhausted => _fruitless >= options.MaxFruitlessAttempts && time.GetElapsedTime(_stillSince) >= options.StallTimeout / 2;

    /// <summary>This connection has brought bytes.</summary>
    public void Progress()
    {
        _fruitless = 0;
        _wait = options.RetryBaseDelay;
    }

    public void Fruitless()
    {
        if (_fruitless > 0 && meter.Fetched > _fetchedBefore) _fruitless = 0; // others get on: this one waits longer and longer, and does not give up
        if (_fruitless++ == 0) _stillSince = time.GetTimestamp();
        _fetchedBefore = meter.Fetched;
    }

    public Task WaitAsync(TimeSpan? askedFor, CancellationToken cancellationToken)
    {
        var longest = Math.Min(options.RetryMaxDelay.TotalSeconds, _wait.TotalSeconds * 3);
        var shortest = options.RetryBaseDelay.TotalSeconds;
        double chance;
        lock (jitter) chance = jitter.NextDouble();
        _wait = TimeSpan.FromSeconds(shortest + (chance * Math.Max(0, longest - shortest)));
        var wait = askedFor > _wait ? askedFor.Value : _wait;
        return Task.Delay(wait < MostAskedFor ? wait : MostAskedFor, time, cancellationToken);
    }
}
