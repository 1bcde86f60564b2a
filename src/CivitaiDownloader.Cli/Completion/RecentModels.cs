using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Completion;

/// <summary>
/// Models that a search or a page has shown lately, for the shell to complete: <c>recent-models</c> in the home folder, a line each, newest first, a number and
/// a name apart by a tab. A convenience: losing it, or two writers at once, costs nothing else.
/// </summary>
internal sealed class RecentModels(string home)
{
    public const int Most = 200;

    private const int MostBytes = 1 << 20;

    private readonly string _path = Path.Combine(home, "recent-models");

    /// <summary>The same models; of those that came the numbers and names are kept, and noted when the reader has had enough of them.</summary>
    public async IAsyncEnumerable<Model> NotingAsync(IAsyncEnumerable<Model> models, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shown = new List<RecentModel>();
        try
        {
            await foreach (var model in models.WithCancellation(cancellationToken))
            {
                if (shown.Count < Most) shown.Add(RecentModel.Of(model));
                yield return model;
            }
        }
        finally
        {
            Note(shown);
        }
    }

    /// <summary>Puts them before the older ones. Never fails.</summary>
    public void Note(IReadOnlyList<RecentModel> models)
    {
        if (models.Count == 0) return;
        var recent = models.Concat(Read()).DistinctBy(model => model.Id).Take(Most);
        var text = string.Concat(recent.Select(model => string.Create(CultureInfo.InvariantCulture, $"{model.Id}\t{model.Name}\n")));
        var written = $"{_path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(written, text, new UTF8Encoding(false));
            File.Move(written, _path, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on it.
        }
    }

    /// <summary>Newest first. Lines that are none are left out: anybody may have written there.</summary>
    public IReadOnlyList<RecentModel> Read()
    {
        try
        {
            if (new FileInfo(_path) is not { Exists: true, Length: <= MostBytes }) return [];
            return [.. File.ReadLines(_path).Select(Parse).OfType<RecentModel>().Take(Most)];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static RecentModel? Parse(string line) =>
        line.Split('\t', 2) is [var number, var name] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? RecentModel.Of(id, name) : null;
}

/// <param name="Name">On one line, without control characters.</param>
internal sealed record RecentModel(long Id, string Name)
{
    private const int LongestName = 80;

    public static RecentModel Of(Model model) => Of(model.Id.Value, model.Name);

    public static RecentModel Of(long id, string? name) => new(id, VisibleText.OneLine(name, LongestName));
}
