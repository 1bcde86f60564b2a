namespace CivitaiDownloader.Transfer.Sources;

/// <summary>
/// Holds the link that all connections of a file use and asks for a fresh one when it is refused; gives up when links are refused in a row without a byte
/// between. Safe from any thread: of many connections that are refused the same link, one asks for the next.
/// </summary>
internal sealed class LinkKeeper(IOrigin origin) : IDisposable
{
    /// <summary>Fresh links asked for in a row, without a byte between them, before a refusal is believed.</summary>
    public const int MostRefusals = 3;

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Lock _lock = new(); // guards everything below
    private Uri? _link;
    private int _refusals;

    public async ValueTask<Uri> GetAsync(CancellationToken cancellationToken)
    {
        if (Current is { } known) return known;
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (Current is { } asked) return asked;
            var link = await origin.GetLinkAsync(Refusals == 0 ? LinkNeed.Any : LinkNeed.Fresh, cancellationToken);
            lock (_lock) return _link = link;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The host refused <paramref name="link"/>.</summary>
    /// <param name="most">Refusals in a row that are put up with.</param>
    /// <returns>How many links in a row were refused, this one included; null when they are too many.</returns>
    public int? Refused(Uri link, int most)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(link, _link)) return _refusals; // another connection has said so already
            if (_refusals >= most) return null;
            _link = null;
            return ++_refusals;
        }
    }

    /// <summary>Asks for a fresh link the next time, though none was refused.</summary>
    public void Renew()
    {
        lock (_lock) (_link, _refusals) = (null, Math.Max(1, _refusals));
    }

    /// <summary>Asks for another link the next time, whatever the count.</summary>
    public void Drop(Uri link)
    {
        lock (_lock)
        {
            if (ReferenceEquals(link, _link)) _link = null;
        }
    }

    public void Worked()
    {
        lock (_lock) _refusals = 0;
    }

    public void Dispose() => _asking.Dispose();

    private Uri? Current
    {
        get
        {
            lock (_lock) return _link;
        }
    }

    private int Refusals
    {
        get
        {
            lock (_lock) return _refusals;
        }
    }
}
