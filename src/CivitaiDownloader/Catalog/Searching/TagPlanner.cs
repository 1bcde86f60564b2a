using CivitaiDownloader.Catalog.Tags;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Searching;

/// <summary>
/// Looks tags up before they are believed: the API silently ignores one it does not know and lists everything (civitai-api 3.1). Its list of tags finds by
/// part of the name, so names are compared here.
/// </summary>
internal sealed class TagPlanner(TagReader tags, CacheUse use)
{
    private const int MostNames = 2_000; // that hold a short tag; the exact one comes early
    private const int LettersOfANearMiss = 4;

    public async Task<TagPlan> PlanAsync(SearchQuery query, SearchReport report, CancellationToken cancellationToken)
    {
        if (query.Tags.Count + query.Categories.Count == 0) return TagPlan.Empty;
        var found = new List<Checked>();
        foreach (var tag in query.Tags.Distinct(StringComparer.OrdinalIgnoreCase)) found.Add(await CheckAsync(tag, cancellationToken));
        report.UncheckedTags = [.. found.Where(tag => tag.Standing == Standing.Unknown).Select(tag => tag.Name)];
        found.AddRange(query.Categories.Select(category => new Checked(category, Standing.Unknown)));
        var sent = found.FirstOrDefault(tag => tag.Standing == Standing.NotListed) ?? found[0];
        return new(sent.Name, [.. found.Where(tag => tag != sent || tag.Standing != Standing.Listed).Select(tag => tag.Name)])
        {
            IsDoubtful = sent.Standing == Standing.NotListed, Near = sent.Near,
        };
    }

    private async Task<Checked> CheckAsync(string tag, CancellationToken cancellationToken)
    {
        try
        {
            var names = new List<string>();
            await foreach (var listed in tags.ListAsync(tag, new(), use, cancellationToken))
            {
                if (listed.Name.Equals(tag, StringComparison.OrdinalIgnoreCase)) return new(listed.Name, Standing.Listed);
                names.Add(listed.Name);
                if (names.Count == MostNames) return new(tag, Standing.Unknown);
            }

            return new(tag, Standing.NotListed) { Near = await NearAsync(tag, names, cancellationToken) };
        }
        catch (CivitaiDownloaderException failure) when (failure is CatalogException or HttpException)
        {
            return new(tag, Standing.Unknown); // the list of tags fails now and then; the search itself may not
        }
    }

    private async Task<IReadOnlyList<string>> NearAsync(string tag, List<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0 && tag.Length > LettersOfANearMiss)
        {
            await foreach (var listed in tags.ListAsync(tag[..LettersOfANearMiss], new(), use, cancellationToken))
            {
                names.Add(listed.Name);
                if (names.Count == MostNames) break;
            }
        }

        return NearMisses.Of(tag, names) is { Count: > 0 } near ? near : [.. names.Where(name => name.Contains(tag, StringComparison.OrdinalIgnoreCase)).Take(3)];
    }

    private enum Standing
    {
        Listed,
        NotListed,
        Unknown,
    }

    private sealed record Checked(string Name, Standing Standing)
    {
        public IReadOnlyList<string> Near { get; init; } = [];
    }
}
