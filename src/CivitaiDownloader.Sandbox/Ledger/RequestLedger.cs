using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Ledger;

/// <summary>What was served to whom. Keeps the newest <see cref="Most"/> requests, and of every file which bytes were served, whatever the number of requests.</summary>
public sealed class RequestLedger
{
    public const int Most = 20_000;

    private readonly ConcurrentQueue<ServedRequest> _requests = new();
    private readonly ConcurrentDictionary<int, Coverage> _files = new();
    private long _bytesSent;

    public IReadOnlyList<ServedRequest> Requests => [.. _requests];

    /// <summary>Bytes of bodies handed to the network by all three hosts.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Which bytes of a file were served, and how many of them more than once. Empty for a file nobody asked for.</summary>
    public Coverage Of(int fileId) => _files.GetOrAdd(fileId, _ => new());

    public void Clear()
    {
        _requests.Clear();
        _files.Clear();
        Volatile.Write(ref _bytesSent, 0);
    }

    internal ServedRequest Note(SandboxSite site, HttpRequest request)
    {
        var headers = request.Headers;
        var noted = new ServedRequest(site, request.Method, request.Path, request.QueryString.Value ?? "")
        {
            Host = request.Host.Value, Authorization = headers.Authorization, Cookie = headers.Cookie, Referer = headers.Referer,
            Range = headers.Range, IfRange = headers.IfRange, IfNoneMatch = headers.IfNoneMatch, IfModifiedSince = headers.IfModifiedSince,
            UserAgent = headers.UserAgent, AcceptEncoding = headers.AcceptEncoding, Connection = request.HttpContext.Connection.Id,
        };
        _requests.Enqueue(noted);
        while (_requests.Count > Most) _requests.TryDequeue(out _);
        return noted;
    }

    internal void Sent(ServedRequest noted, int bytes)
    {
        noted.AddSent(bytes);
        Interlocked.Add(ref _bytesSent, bytes);
    }
}
