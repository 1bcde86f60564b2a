namespace CivitaiDownloader.Transfer.Sources;

/// <summary>
/// How long one connection goes on: its attempts count only while no new byte of the file comes, over this connection or any other; waits grow with
/// decorrelated jitter (AWS architecture blog, 2015).
/// </summary>
internal sealed class Patience(TransferOptions options, TimeProvider time, Random jitter, TransferMeter meter)
{
    private int _fruitless;
    private long _fetchedBefore;
    private TimeSpan _wait = options.RetryBaseDelay;

    public bool IsExhausted => _fruitless >= options.MaxFruitlessAttempts;

    /// <summary>This connection has brought bytes.</summary>
    public void Progress()
    {
        _fruitless = 0;
        _wait = options.RetryBaseDelay;
    }

    public void Fruitless()
    {
        if (_fruitless > 0 && meter.Fetched > _fetchedBefore) _fruitless = 0; // others get on: this one waits longer and longer, and does not give up
        _fruitless++;
        _fetchedBefore = meter.Fetched;
    }

    public Task WaitAsync(TimeSpan? askedFor, CancellationToken cancellationToken)
    {
        var longest = Math.Min(options.RetryMaxDelay.TotalSeconds, _wait.TotalSeconds * 3);
        var shortest = options.RetryBaseDelay.TotalSeconds;
        double chance;
        lock (jitter) chance = jitter.NextDouble();
        _wait = TimeSpan.FromSeconds(shortest + (chance * Math.Max(0, longest - shortest)));
        return Task.Delay(askedFor > _wait ? askedFor.Value : _wait, time, cancellationToken);
    }
}
