using System.Collections.Concurrent;

namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>A model's place in a list: compared ascending, so descending fields are negated.</summary>
internal readonly record struct ListKey(long First, long Second, long Third) : IComparable<ListKey>
{
    /// <summary>The key a sort of the site goes by (civitai-api 3.3).</summary>
    public static ListKey Of(SampleModel model, string sort) => sort switch
    {
        "Newest" => new(-model.PublishedAt.UtcTicks, -model.Id, 0),
        "Oldest" => new(model.PublishedAt.UtcTicks, model.Id, 0),
        "Most Downloaded" => new(-(model.Downloads ?? 0), -(model.ThumbsUp ?? 0), model.Id),
        "Most Discussed" or "Most Collected" or "Most Images" => new(-(model.Comments ?? 0), -(model.ThumbsUp ?? 0), model.Id),
        _ => new(-(model.ThumbsUp ?? 0), -(model.Downloads ?? 0), model.Id),
    };

    public int CompareTo(ListKey other) => (First, Second, Third).CompareTo((other.First, other.Second, other.Third));
}

/// <summary>All models in the order of each sort, made when it is first asked for, so that a page costs no more than its models.</summary>
internal sealed class SortedModels(IReadOnlyCollection<SampleModel> models)
{
    private readonly ConcurrentDictionary<string, (ListKey[] Keys, SampleModel[] Models)> _orders = new();

    /// <summary>From the first model that is not before <paramref name="from"/> on; all when it is null.</summary>
    public IEnumerable<(ListKey Key, SampleModel Model)> From(ListKey? from, string sort)
    {
        var (keys, ordered) = _orders.GetOrAdd(sort, Order);
        var start = from is { } key ? Array.BinarySearch(keys, key) : 0;
        for (var i = start < 0 ? ~start : start; i < keys.Length; i++) yield return (keys[i], ordered[i]);
    }

    private (ListKey[] Keys, SampleModel[] Models) Order(string sort)
    {
        var ordered = models.OrderBy(model => ListKey.Of(model, sort)).ToArray();
        return ([.. ordered.Select(model => ListKey.Of(model, sort))], ordered);
    }
}
