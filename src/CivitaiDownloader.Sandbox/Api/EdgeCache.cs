using System.Collections.Concurrent;
using System.Globalization;
using CivitaiDownloader.Sandbox.Faults;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>
/// The cache in front of the site: what one anonymous caller was told, an error too, all others are told for a while (civitai-api 1.3). On only with
/// <see cref="FaultKind.Edge"/>.
/// </summary>
internal sealed class EdgeCache(FaultBoard faults, TimeProvider time)
{
    private const int UsualSeconds = 450;

    private readonly ConcurrentDictionary<string, EdgeAnswer> _answers = new();

    /// <summary>How long the answer to this call is kept; null when it is not.</summary>
    public TimeSpan? LifetimeFor(ApiCall call)
    {
        if (call.IsSignedIn || call.Request.Method != "GET" || !call.Request.Path.StartsWithSegments("/api/v1")) return null;
        return faults.Take(FaultKind.Edge, call.Exchange.Subject) is { } edge ? TimeSpan.FromSeconds(edge.Amount == 0 ? UsualSeconds : edge.Amount) : null;
    }

    public EdgeAnswer? Find(ApiCall call, TimeSpan lifetime) =>
        _answers.TryGetValue(Key(call), out var kept) && time.GetUtcNow() - kept.At < lifetime ? kept : null;

    public void Keep(ApiCall call, int status, ReadOnlyMemory<byte> body) => _answers[Key(call)] = new(status, body.ToArray(), time.GetUtcNow());

    public string AgeOf(EdgeAnswer answer) => ((long)(time.GetUtcNow() - answer.At).TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Key(ApiCall call) => $"{call.Request.Host}{call.Request.Path}{call.Request.QueryString}";
}

/// <summary>JSON that was served, and when.</summary>
internal sealed record EdgeAnswer(int Status, byte[] Body, DateTimeOffset At);
