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
        var from = query.Cursor is null ? null : Parse(query.Cursor, query.Sort is "Newest" or "Oldest" ? 2 : 3, query.Sort);
        var limit = Math.Max(1, query.Limit);
        // Newest compares strictly, so the row its cursor names never comes.
        var rest = catalogue.Sorted.From(from, query.Sort).Where(entry => query.Sort != "Newest" || entry.Key != from)
            .Where(entry => query.Admits(entry.Model) && query.AdmitsLater(entry.Model, catalogue, now)).Take(limit + 1).ToArray();
        return new([.. rest.Take(limit).Select(entry => entry.Model)], rest.Length > limit && query.Limit > 0 ? Text(rest[limit].Key, query.Sort) : null);
    }

    private static string Text(ListKey key, string sort) => sort switch
    {
        "Newest" => string.Create(CultureInfo.InvariantCulture, $"{Timestamp(-key.First)}|{-key.Second}"),
        "Oldest" => string.Create(CultureInfo.InvariantCulture, $"{Timestamp(key.First)}|{key.Second}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{-key.First}|{-key.Second}|{key.Third}"),
    };

    private static ListKey? Parse(string cursor, int arity, string sort)
    {
        var parts = cursor.Split('|');
        if (parts.Length != arity) throw Refused.WithMessage(400, $"Invalid cursor: expected {arity} value(s) for this sort, received {parts.Length}");
        var key = new long[3];
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
            "Newest" => new(-key[0], -key[1], 0),
            "Oldest" => new(key[0], key[1], 0),
            _ => new(-key[0], -key[1], key[2]),
        };
    }

    private static string Timestamp(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString(TimestampForm, CultureInfo.InvariantCulture);

    private static Refused Unparseable() => Refused.WithMessage(400, "Invalid cursor: unparseable value");
}
