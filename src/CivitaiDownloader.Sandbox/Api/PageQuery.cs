namespace CivitaiDownloader.Sandbox.Api;

/// <summary>The numbered pages of <c>/creators</c> and <c>/tags</c>.</summary>
internal sealed record PageQuery(int Limit, int Page, string? Text)
{
    private const int Usual = 20;
    private const int Most = 200;

    public static PageQuery Read(ApiCall call)
    {
        var query = new QueryReader(call.Request.Query, Refused.Bare);
        return new(query.Number("limit", 1, Most) ?? Usual, query.Number("page", 1, int.MaxValue) ?? 1, query.Text("query"));
    }

    public bool Admits(string name) => Text is null || name.Contains(Text, StringComparison.OrdinalIgnoreCase);

    public IEnumerable<T> Cut<T>(IReadOnlyList<T> all) => all.Skip((int)Math.Min(int.MaxValue, (long)(Page - 1) * Limit)).Take(Limit);

    public int PagesOf(int items) => (items + Limit - 1) / Limit;

    public string Address(ApiCall call, int page) => $"{call.Origins.Site.Api}{call.Request.Path}?limit={Limit}&page={page}" + (Text is null ? "" : "&query=" + Uri.EscapeDataString(Text));
}
