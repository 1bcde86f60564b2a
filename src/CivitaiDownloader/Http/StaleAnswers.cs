namespace CivitaiDownloader.Http;

/// <summary>What was used of the cache past its lifetime, or offline at any age.</summary>
/// <param name="Oldest">When the oldest of those answers was fetched.</param>
/// <param name="Why">What the network did; null when offline was asked for.</param>
public sealed record StaleSnapshot(int Answers, DateTimeOffset Oldest, HttpException? Why);

/// <summary>Remembers that kept answers stood in for the network, so that whoever shows results can say so. Safe from any thread.</summary>
public sealed class StaleAnswers
{
    private readonly Lock _lock = new(); // guards the snapshot
    private StaleSnapshot? _seen;

    /// <summary>Null while everything came fresh.</summary>
    public StaleSnapshot? Read()
    {
        lock (_lock) return _seen;
    }

    internal void Note(DateTimeOffset fetchedAt, HttpException? why)
    {
        lock (_lock) _seen = _seen is null ? new(1, fetchedAt, why) : new(_seen.Answers + 1, fetchedAt < _seen.Oldest ? fetchedAt : _seen.Oldest, why ?? _seen.Why);
    }
}
