namespace CivitaiDownloader.Transfer.Sources;

/// <summary>How long to go on: attempts count only while no new byte comes; waits grow with decorrelated jitter (AWS architecture blog, 2015).</summary>
internal sealed class Patience(TransferOptions options, TimeProvider time, Random jitter)
{
    private int _fruitless;
    private TimeSpan _wait = options.RetryBaseDelay;

    public bool IsExhausted => _fruitless >= options.MaxFruitlessAttempts;

    public void Progress()
    {
        _fruitless = 0;
        _wait = options.RetryBaseDelay;
    }

    public void Fruitless() => _fruitless++;

    public Task WaitAsync(TimeSpan? askedFor, CancellationToken cancellationToken)
    {
        var longest = Math.Min(options.RetryMaxDelay.TotalSeconds, _wait.TotalSeconds * 3);
        var shortest = options.RetryBaseDelay.TotalSeconds;
        _wait = TimeSpan.FromSeconds(shortest + (jitter.NextDouble() * Math.Max(0, longest - shortest)));
        return Task.Delay(askedFor > _wait ? askedFor.Value : _wait, time, cancellationToken);
    }
}
