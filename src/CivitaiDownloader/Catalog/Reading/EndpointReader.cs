using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>A question to one endpoint.</summary>
/// <param name="What">What is asked for, to begin a sentence with: <c>Model 5</c>, <c>The list of creators</c>.</param>
internal sealed record EndpointCall(ApiEndpoint Endpoint, Uri Address, string What)
{
    /// <summary>The body of a question that is too long for an address; null for all others.</summary>
    public ReadOnlyMemory<byte>? Json { get; init; }
}

/// <summary>Asks an endpoint and reads its answer: refusals become their fault, what cannot be read becomes one, what is new is counted.</summary>
internal sealed class EndpointReader(ApiReader api, ApiDrift? drift)
{
    /// <exception cref="CatalogException">The API refuses, or its answer cannot be read.</exception>
    public async Task<T> OneAsync<T>(EndpointCall call, CacheUse use, Func<JsonElement, ReadingContext, T?> read, CancellationToken cancellationToken)
        where T : class => await ReadAsync(call, use, (body, context) =>
        {
            using var document = PageReader.One(body);
            return read(document.RootElement, context) ?? throw CatalogErrors.Unreadable(InSentence(call.What), null);
        }, cancellationToken);

    /// <inheritdoc cref="OneAsync"/>
    public Task<ItemPage<T>> PageAsync<T>(EndpointCall call, CacheUse use, Func<JsonElement, ReadingContext, T?> read, CancellationToken cancellationToken)
        where T : class => ReadAsync(call, use, (body, context) => PageReader.Read(body, item => read(item, context)), cancellationToken);

    /// <summary>An answer that is a list and nothing else.</summary>
    /// <inheritdoc cref="OneAsync"/>
    public Task<ItemPage<T>> RowsAsync<T>(EndpointCall call, CacheUse use, Func<JsonElement, ReadingContext, T?> read, CancellationToken cancellationToken)
        where T : class => ReadAsync(call, use, (body, context) => PageReader.ReadRows(body, item => read(item, context)), cancellationToken);

    /// <summary>Follows a list page by page to its end or <paramref name="limit"/>. Each item once; the first come before the next page is asked for.</summary>
    /// <param name="address">The page at a position; null is the first.</param>
    /// <inheritdoc cref="OneAsync"/>
    public IAsyncEnumerable<T> ListAsync<T>(PagedList<T> list, Func<string?, Uri> address, long? limit, ListReport report, CacheUse use, CancellationToken cancellationToken) where T : class =>
        ListWalk.FollowAsync(list, (position, token) => PageAsync(new(list.Endpoint, address(position), list.What), use, list.Read, token), limit, report, cancellationToken);

    private async Task<T> ReadAsync<T>(EndpointCall call, CacheUse use, Func<ReadOnlyMemory<byte>, ReadingContext, T> read, CancellationToken cancellationToken)
    {
        var answer = call.Json is { } body ? await api.PostAsync(call.Address, body, cancellationToken) : await api.GetAsync(call.Address, use, cancellationToken);
        ApiStatus.Check(answer, call.What);
        var context = ReadingContext.Of(call.Endpoint, answer);
        try
        {
            return read(answer.Body, context);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            throw ErrorBody.IsPage(answer.Body.Span) ? CatalogErrors.PageAnswer((int)answer.Status) : CatalogErrors.Unreadable(InSentence(call.What), unreadable);
        }
        finally
        {
            if (context.Drift is { } tally) drift?.Add(call.Endpoint, tally);
        }
    }

    private static string InSentence(string what) => what.StartsWith("The ", StringComparison.Ordinal) ? "t" + what[1..] : what;
}
