using System.Globalization;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>One page of <c>/models</c> with the arithmetic of its cursor, faults of the site included (civitai-api 3.3).</summary>
internal sealed record ListPage(IReadOnlyList<SampleModel> Models, string? NextCursor)
{
    private const string TimestampForm = "yyyy-MM-dd HH:mm:ss.fff";

    public static ListPage Cut(ListQuery query, SampleCatalogue catalogue, DateTimeOffset now) =>
        query.Text is null ? CutSorted(query, catalogue, now) : CutByText(query, catalogue, now);

    // Relevance: the cursor is an offset, and most filters apply after the cut.
    private static ListPage CutByText(ListQuery query, SampleCatalogue catalogue, DateTimeOffset now)
    {
        var offset = 0;
        if (query.Cursor is not null && !int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out offset)) throw Unparseable();
        var words = query.Text!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hits = catalogue.All.Where(query.Admits)
            .Where(model => words.All(word => model.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || model.Tags.Contains(word, StringComparer.OrdinalIgnoreCase)))
            .Skip(offset).Take(query.Limit + 1).ToArray();
        var page = hits.Take(Math.Max(1, query.Limit)).Where(model => query.AdmitsLater(model, catalogue, now)).ToArray();
        return new(page, hits.Length > query.Limit && query.Limit > 0 ? (offset + query.Limit).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static ListPage CutSorted(ListQuery query, SampleCatalogue catalogue, DateTimeOffset now)
    {
        var key = KeyOf(query.Sort);
        var byDate = query.Sort is "Newest" or "Oldest";
        var sorted = catalogue.All.Where(query.Admits).Where(model => query.AdmitsLater(model, catalogue, now))
            .Select(model => (Key: key(model), Model: model)).OrderBy(entry => entry.Key, KeyOrder.Instance).ToArray();
        var from = query.Cursor is null ? null : Parse(query.Cursor, byDate ? 2 : 3, query.Sort);
        // Newest compares strictly, so the row its cursor names never comes.
        var rest = from is null ? sorted : sorted.Where(entry => KeyOrder.Instance.Compare(entry.Key, from) is var order && (query.Sort == "Newest" ? order > 0 : order >= 0)).ToArray();
        var limit = Math.Max(1, query.Limit);
        return new([.. rest.Take(limit).Select(entry => entry.Model)], rest.Length > limit && query.Limit > 0 ? Text(rest[limit].Key, query.Sort) : null);
    }

    // Keys are compared ascending, so descending fields are negated.
    private static Func<SampleModel, long[]> KeyOf(string sort) => sort switch
    {
        "Newest" => model => [-model.PublishedAt.UtcTicks, -model.Id],
        "Oldest" => model => [model.PublishedAt.UtcTicks, model.Id],
        "Most Downloaded" => model => [-(model.Downloads ?? 0), -(model.ThumbsUp ?? 0), model.Id],
        "Most Discussed" or "Most Collected" or "Most Images" => model => [-(model.Comments ?? 0), -(model.ThumbsUp ?? 0), model.Id],
        _ => model => [-(model.ThumbsUp ?? 0), -(model.Downloads ?? 0), model.Id],
    };

    private static string Text(long[] key, string sort) => sort switch
    {
        "Newest" => string.Create(CultureInfo.InvariantCulture, $"{Timestamp(-key[0])}|{-key[1]}"),
        "Oldest" => string.Create(CultureInfo.InvariantCulture, $"{Timestamp(key[0])}|{key[1]}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{-key[0]}|{-key[1]}|{key[2]}"),
    };

    private static long[] Parse(string cursor, int arity, string sort)
    {
        var parts = cursor.Split('|');
        if (parts.Length != arity) throw Refused.WithMessage(400, $"Invalid cursor: expected {arity} value(s) for this sort, received {parts.Length}");
        var key = new long[arity];
        for (var i = 0; i < arity; i++)
        {
            if (i == 0 && arity == 2)
            {
                if (!DateTime.TryParseExact(parts[0], TimestampForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) throw Unparseable();
                key[0] = at.Ticks;
            }
            else if (!long.TryParse(parts[i], CultureInfo.InvariantCulture, out key[i]))
            {
                throw Unparseable();
            }
        }

        return sort switch
        {
            "Newest" => [-key[0], -key[1]],
            "Oldest" => key,
            _ => [-key[0], -key[1], key[2]],
        };
    }

    private static string Timestamp(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString(TimestampForm, CultureInfo.InvariantCulture);

    private static Refused Unparseable() => Refused.WithMessage(400, "Invalid cursor: unparseable value");

    private sealed class KeyOrder : IComparer<long[]>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(long[]? x, long[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
