namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Cuts texts so that they fit a column and can still be told apart: where the usual cut makes two alike, it is made where they differ.</summary>
internal sealed class DistinctCuts
{
    private const int Before = 2; // clusters shown before the difference

    private readonly Dictionary<string, string> _cuts = new(StringComparer.Ordinal);
    private readonly int _cells;

    public DistinctCuts(IEnumerable<string> texts, int cells)
    {
        _cells = cells;
        foreach (var alike in texts.Distinct(StringComparer.Ordinal).GroupBy(text => DisplayText.CutMiddle(text, cells), StringComparer.Ordinal)) Keep(alike.Key, [.. alike]);
    }

    /// <param name="text">One of the texts that were given.</param>
    public string this[string text] => _cuts[text];

    private void Keep(string cut, IReadOnlyList<string> texts)
    {
        if (texts.Count == 1)
        {
            _cuts[texts[0]] = cut;
            return;
        }

        var clusters = texts.Select(text => DisplayText.Clusters(text).ToArray()).ToArray();
        var shared = 0;
        while (clusters.All(text => shared < text.Length && text[shared] == clusters[0][shared])) shared++;
        var from = Math.Max(0, shared - Before);
        var cuts = clusters.Select((text, index) => (Text: texts[index], Cut: DisplayText.Cut((from > 0 ? "…" : "") + string.Concat(text[from..]), _cells)));
        // At the cluster behind the shared ones they differ, so each of these groups is smaller.
        foreach (var alike in cuts.GroupBy(entry => entry.Cut, StringComparer.Ordinal)) Keep(alike.Key, [.. alike.Select(entry => entry.Text)]);
    }
}
