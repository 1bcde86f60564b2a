using System.Net.Http;

namespace CivitaiDownloader.Http;

/// <summary>
/// Handlers side by side, each with connections of its own: over HTTP/2 one handler has one connection to a host, and some lines and hosts give each
/// connection only so much. Made when first asked for. Safe from any thread.
/// </summary>
internal sealed class SharedConnections(Func<HttpMessageInvoker> make) : IDisposable
{
    private readonly Lock _lock = new(); // guards the places and what is counted of each handler
    private readonly Handler?[] _handlers = new Handler?[HostPlaces.MostShared];

    /// <param name="index">From 0 to below <see cref="HostPlaces.MostShared"/>. The first is also for requests that share nothing.</param>
    public async Task<HttpResponseMessage> SendAsync(int index, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var handler = Take(index);
        try
        {
            return await handler.Invoker.SendAsync(message, cancellationToken);
        }
        finally
        {
            Return(handler);
        }
    }

    /// <summary>Closes connections that nobody uses; those in use are closed when their answers have been read. Requests that are made later get new ones.</summary>
    public void Dispose()
    {
        for (var i = 0; i < _handlers.Length; i++)
        {
            HttpMessageInvoker? unused = null;
            lock (_lock)
            {
                if (_handlers[i] is not { } handler) continue;
                _handlers[i] = null;
                handler.IsRetired = true;
                if (handler.Waiting == 0) unused = handler.Invoker;
            }

            unused?.Dispose();
        }
    }

    private Handler Take(int index)
    {
        lock (_lock)
        {
            var handler = _handlers[index] ??= new(make());
            handler.Waiting++;
            return handler;
        }
    }

    // Who waits for an answer may have no connection yet, and a handler that is disposed opens none.
    private void Return(Handler handler)
    {
        bool isUnused;
        lock (_lock) isUnused = --handler.Waiting == 0 && handler.IsRetired;
        if (isUnused) handler.Invoker.Dispose();
    }

    private sealed class Handler(HttpMessageInvoker invoker)
    {
        public HttpMessageInvoker Invoker => invoker;

        /// <summary>Requests whose answers have not begun.</summary>
        public int Waiting { get; set; }

        /// <summary>No request is made with it any more.</summary>
        public bool IsRetired { get; set; }
    }
}
