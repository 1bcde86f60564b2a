using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Whether the network is gone, asked once for all who wonder: a host that fails alone is another matter. Safe from any thread.</summary>
internal sealed class NetworkWatch(EndpointProbe probe, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new(); // guards what follows
    private Task<bool>? _asking;
    private long _askedAt;
    private TimeSpan _wait = TimeSpan.FromSeconds(1);

    /// <summary>Since when nothing can be reached; null while the network is there.</summary>
    public DateTimeOffset? GoneSince { get; private set; }

    /// <summary>Whether the endpoint cannot be reached. An answer of the last two seconds is good enough.</summary>
    public Task<bool> IsGoneAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_asking is null || (_asking.IsCompleted && time.GetElapsedTime(_askedAt) > Fresh)) _asking = AskAsync();
            return _asking.WaitAsync(cancellationToken);
        }
    }

    /// <summary>To be called now and then while <see cref="GoneSince"/> is set: asks again, more and more rarely up to every 30 s.</summary>
    public void LookAgain()
    {
        lock (_lock)
        {
            if (GoneSince is null || _asking is { IsCompleted: false } || time.GetElapsedTime(_askedAt) < _wait) return;
            _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
            _asking = AskAsync();
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            await probe.AskAsync(CancellationToken.None);
            Note(isGone: false);
        }
        catch (HttpException failure)
        {
            Note(failure.IsTransient);
        }

        return GoneSince is not null;
    }

    private void Note(bool isGone)
    {
        lock (_lock)
        {
            _askedAt = time.GetTimestamp();
            GoneSince = isGone ? GoneSince ?? time.GetUtcNow() : null;
            if (!isGone) _wait = TimeSpan.FromSeconds(1);
        }
    }
}
