using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Ledger;

/// <summary>One request and what was answered. Header values as they came; null when absent.</summary>
public sealed record ServedRequest(SandboxSite Site, string Method, string Path, string Query)
{
    public string? Authorization { get; init; }
    public string? Cookie { get; init; }
    public string? Range { get; init; }
    public string? IfRange { get; init; }
    public string? IfNoneMatch { get; init; }
    public string? UserAgent { get; init; }
    public string? AcceptEncoding { get; init; }
    public int Status { get; set; }
}

/// <summary>The three hosts.</summary>
public enum SandboxSite
{
    Api,
    Storage,
    Images,
}

/// <summary>What was served to whom. Keeps the newest <see cref="Most"/> requests and the coverage of every file.</summary>
public sealed class RequestLedger
{
    public const int Most = 20_000;

    private readonly ConcurrentQueue<ServedRequest> _requests = new();
    private readonly ConcurrentDictionary<int, Coverage> _files = new();

    public IReadOnlyList<ServedRequest> Requests => [.. _requests];

    public Coverage Of(int fileId) => _files.GetOrAdd(fileId, _ => new());

    public void Clear()
    {
        _requests.Clear();
        _files.Clear();
    }

    internal ServedRequest Note(SandboxSite site, HttpRequest request)
    {
        var headers = request.Headers;
        var noted = new ServedRequest(site, request.Method, request.Path, request.QueryString.Value ?? "")
        {
            Authorization = headers.Authorization, Cookie = headers.Cookie, Range = headers.Range, IfRange = headers.IfRange, IfNoneMatch = headers.IfNoneMatch,
            UserAgent = headers.UserAgent, AcceptEncoding = headers.AcceptEncoding,
        };
        _requests.Enqueue(noted);
        while (_requests.Count > Most) _requests.TryDequeue(out _);
        return noted;
    }
}
