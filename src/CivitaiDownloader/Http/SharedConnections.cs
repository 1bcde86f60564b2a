using System.Net.Http;

namespace CivitaiDownloader.Http;

/// <summary>
/// Handlers side by side, each with connections of its own: over HTTP/2 one handler has one connection to a host, and some lines and hosts give each
/// connection only so much. Made when first asked for. Safe from any thread.
/// </summary>
internal sealed class SharedConnections(Func<HttpMessageInvoker> make) : IDisposable
{
    private readonly HttpMessageInvoker?[] _handlers = new HttpMessageInvoker?[HostPlaces.MostShared];

    /// <param name="index">From 0 to below <see cref="HostPlaces.MostShared"/>. The first is also for requests that share nothing.</param>
    public HttpMessageInvoker At(int index)
    {
        if (Volatile.Read(ref _handlers[index]) is { } there) return there;
        var made = make();
        if (Interlocked.CompareExchange(ref _handlers[index], made, null) is not { } first) return made;
        made.Dispose();
        return first;
    }

    /// <summary>Closes connections that nobody uses; those in use are closed when their answers have been read.</summary>
    public void Dispose()
    {
        for (var i = 0; i < _handlers.Length; i++) Interlocked.Exchange(ref _handlers[i], null)?.Dispose();
    }
}
