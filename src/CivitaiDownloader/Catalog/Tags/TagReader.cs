using System.Runtime.CompilerServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Tags;

/// <summary>Reads <c>/tags</c> (civitai-api 10). Its totals are always nothing and it never names a next page, yet there are pages: one goes on until one is empty.</summary>
public sealed class TagReader(ApiReader api, HttpOptions options)
{
    private const int PageSize = 200; // the most it takes
    private const int MostPages = 500;

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);

    /// <summary>Tags whose name holds <paramref name="text"/>, all when null; each once, page by page as they are asked for.</summary>
    /// <exception cref="CatalogException">The API refuses or cannot be read. What was yielded before is good.</exception>
    public async IAsyncEnumerable<Tag> FindAsync(string? text, CacheUse use, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 1; page <= MostPages; page++)
        {
            var before = seen.Count;
            foreach (var tag in await ReadPageAsync(_addresses.Tags(text, page, PageSize), use, cancellationToken))
            {
                if (seen.Add(tag.Name)) yield return tag;
            }

            if (seen.Count == before) yield break; // empty, or the same page again from a host that does not page
        }
    }

    private async Task<List<Tag>> ReadPageAsync(Uri address, CacheUse use, CancellationToken cancellationToken)
    {
        const string What = "The list of tags";
        var answer = await api.GetAsync(address, use, cancellationToken);
        ApiStatus.Check(answer, What);
        try
        {
            return Read(answer.Body);
        }
        catch (JsonException unreadable)
        {
            throw ErrorBody.IsPage(answer.Body.Span) ? CatalogErrors.PageAnswer((int)answer.Status) : CatalogErrors.Unreadable(What, unreadable);
        }
    }

    /// <exception cref="JsonException">It is no JSON.</exception>
    internal static List<Tag> Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonRepair.Parse(body);
        var tags = new List<Tag>();
        foreach (var item in document.RootElement.Items("items"u8))
        {
            if (item.Text("name"u8) is { Length: > 0 } name) tags.Add(new(name, item.Whole("modelCount"u8)));
        }

        return tags;
    }
}
