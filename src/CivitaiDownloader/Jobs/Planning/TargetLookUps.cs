using System.Runtime.CompilerServices;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>What became of a target: one of the two is set.</summary>
internal sealed record LookedUp(ListedTarget Target, FoundTarget? Found, CivitaiDownloaderException? Failure);

/// <summary>
/// Looks up many targets, and gives them back in their order. Those that name their model are asked for a hundred at a time, as a list of the site has
/// them; the rest one by one, several at once.
/// </summary>
internal sealed class TargetLookUps(CivitaiCatalog catalog, TargetResolver resolver, CacheUse use)
{
    private const int Portion = 100; // a page of the list
    private const int AtOnce = 8;

    public async IAsyncEnumerable<LookedUp> ReadAsync(IEnumerable<ListedTarget> targets, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var portion in targets.Chunk(Portion))
        {
            var models = await ListedAsync(portion, cancellationToken);
            using var slots = new SemaphoreSlim(AtOnce);
            using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task<LookedUp>[] lookUps = [.. portion.Select(target => ModelOf(target.Target) is { } id && models.TryGetValue(id, out var model) && Within(model, target.Target) is { } found
                ? Task.FromResult(new LookedUp(target, found, null))
                : OneAsync(target, slots, left.Token))];
            try
            {
                foreach (var lookUp in lookUps) yield return await lookUp;
            }
            finally
            {
                await left.CancelAsync(); // nobody may want the rest
                await Task.WhenAll(lookUps).ContinueWith(static all => all.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    // A failure here costs nothing but time: each of them is asked for by itself then, and says what is wrong.
    private async Task<Dictionary<ModelId, Model>> ListedAsync(ListedTarget[] portion, CancellationToken cancellationToken)
    {
        ModelId[] ids = [.. portion.Select(target => ModelOf(target.Target)).OfType<ModelId>().Distinct()];
        var models = new Dictionary<ModelId, Model>();
        if (ids.Length < 2) return models;
        try
        {
            var query = new SearchQuery { Ids = ids, AllRatings = true, Archived = Catalog.Searching.Inclusion.Include };
            await foreach (var model in catalog.SearchAsync(query, new(), use, cancellationToken)) models.TryAdd(model.Id, model);
        }
        catch (CivitaiDownloaderException)
        {
            // What came before it is good.
        }

        return models;
    }

    private async Task<LookedUp> OneAsync(ListedTarget target, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return new(target, await resolver.FindAsync(target.Target, use, cancellationToken), null);
        }
        catch (CivitaiDownloaderException failure)
        {
            return new(target, null, failure);
        }
        finally
        {
            slots.Release();
        }
    }

    private static ModelId? ModelOf(Target target) => target switch
    {
        Target.ByModel byModel => byModel.Model,
        Target.ByVersion byVersion => byVersion.Model,
        Target.ByFile { Traits: null } byFile => byFile.Model,
        _ => null,
    };

    // A list shows less than a model's own page now and then: whatever is not in it is asked for.
    private static FoundTarget? Within(Model model, Target target)
    {
        if (model.IsArchived || model.Versions.Count == 0) return null;
        if (target is Target.ByModel) return new(model, model.Versions[0]);
        var id = target is Target.ByFile named ? named.Version : ((Target.ByVersion)target).Version;
        if (model.Versions.FirstOrDefault(version => version.Id == id) is not { } version) return null;
        var found = new FoundTarget(model, version) { NamesVersion = true };
        if (target is not Target.ByFile { File: { } file }) return found;
        return version.Files.FirstOrDefault(other => other.Id == file) is { } has ? found with { File = has } : null;
    }
}
