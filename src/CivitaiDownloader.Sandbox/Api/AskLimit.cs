using System.Globalization;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>How often collections may be asked about: 60 times a minute by an address, 120 times by a user (civitai-api 1.7). Safe from any thread.</summary>
internal sealed class AskLimit(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new(); // guards the counts
    private readonly Dictionary<string, (long Since, int Asked)> _counts = new(StringComparer.Ordinal);

    /// <exception cref="Refused">Once too often; the answer's Retry-After is set.</exception>
    public void Take(ApiCall call)
    {
        var (who, most) = call.IsSignedIn ? ("user", 120) : (call.Exchange.Context.Connection.RemoteIpAddress?.ToString() ?? "", 60);
        lock (_lock)
        {
            var (since, asked) = _counts.TryGetValue(who, out var counted) && time.GetElapsedTime(counted.Since) < Window ? counted : (time.GetTimestamp(), 0);
            _counts[who] = (since, asked + 1);
            if (asked < most) return;
            var headers = call.Exchange.Response.Headers;
            headers.RetryAfter = Math.Ceiling((Window - time.GetElapsedTime(since)).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            headers.CacheControl = "no-store";
        }

        throw Refused.Error(429, "Rate limit exceeded, please retry shortly.");
    }
}
