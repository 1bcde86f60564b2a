using System.Net;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog;

/// <summary>How the endpoint answered one small, anonymous request.</summary>
/// <param name="Took">Until its headers were in.</param>
/// <param name="AskedAt">Our clock, in the middle of that time.</param>
public sealed record EndpointAnswer(HttpStatusCode Status, TimeSpan Took, DateTimeOffset AskedAt)
{
    /// <summary>The host's clock, to the second; null when it does not say.</summary>
    public DateTimeOffset? HostTime { get; init; }

    /// <summary>What it means when it is not data: a region, a challenge, maintenance, overload. Null when all is well.</summary>
    public CatalogException? Fault { get; init; }
}

/// <summary>Asks whether the API is there, without key and cache.</summary>
public sealed class EndpointProbe(Outbound outbound, HttpOptions options, TimeProvider time)
{
    private const long MostBytes = 4 << 20;

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);

    /// <summary>One question for one model. A refusal is an answer, and told in <see cref="EndpointAnswer.Fault"/>.</summary>
    /// <exception cref="HttpException">No answer.</exception>
    public async Task<EndpointAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var askedAt = time.GetUtcNow();
        await using var answer = await outbound.SendAsync(new(_addresses.Api("models", ("limit", "1"))), cancellationToken);
        var took = time.GetElapsedTime(start);
        var body = await answer.ReadBodyAsync(MostBytes, cancellationToken);
        return new(answer.Status, took, askedAt + (took / 2)) { HostTime = answer.Date, Fault = FaultOf(new(answer.Status, body) { RetryAfter = answer.RetryAfter }) };
    }

    private static CatalogException? FaultOf(ApiAnswer answer)
    {
        try
        {
            ApiStatus.Check(answer, "The search");
            return ErrorBody.IsPage(answer.Body.Span) ? CatalogErrors.PageAnswer((int)answer.Status) : null;
        }
        catch (CatalogException fault)
        {
            return fault;
        }
    }
}
