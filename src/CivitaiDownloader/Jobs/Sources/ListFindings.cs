using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>What becomes of a list in which something is no target.</summary>
internal enum ListTemper
{
    /// <summary>Nothing of it is to be used.</summary>
    Strict,

    /// <summary>The rest of it is, as long as it can be read and most of it is a list.</summary>
    Tolerant,
}

/// <summary>What was found in a list so far, and whether reading on is worth it.</summary>
internal sealed class ListFindings(ListTemper temper)
{
    private const int MistakesBeforeDoubt = 100;

    private readonly List<ListedTarget> _found = [];
    private readonly List<ListMistake> _mistakes = [];

    public IReadOnlyList<ListedTarget> Found => _found;

    public IReadOnlyList<ListMistake> Mistakes => _mistakes;

    /// <summary>Set when nothing behind this can be read.</summary>
    public ListMistake? End { get; private set; }

    public bool IsTolerant => temper == ListTemper.Tolerant;

    /// <summary>More mistakes than targets: whatever it is, it was not made as a list of targets.</summary>
    public bool IsMostlyMistakes => _mistakes.Count > _found.Count;

    /// <summary>Whether it is known already that the rest will not be used.</summary>
    public bool IsHopeless => End is not null || (IsTolerant && _mistakes.Count > MistakesBeforeDoubt && IsMostlyMistakes);

    public void Add(ListedTarget target) => _found.Add(target);

    public void Miss(long line, string what) => _mistakes.Add(new(line, what.TrimEnd('.')));

    /// <summary>Ends the list here.</summary>
    public void Break(long line, string what)
    {
        Miss(line, what);
        End = _mistakes[^1];
    }

    public void Parse(TargetParser parser, string text, long line)
    {
        try
        {
            Add(new(parser.Parse(text), TargetText.WithoutSecrets(text), line));
        }
        catch (FormatException mistake)
        {
            Miss(line, mistake.Message);
        }
    }
}
