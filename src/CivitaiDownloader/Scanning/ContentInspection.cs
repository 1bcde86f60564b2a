using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Safetensors;
using CivitaiDownloader.Scanning.Texts;

namespace CivitaiDownloader.Scanning;

/// <summary>One part's way: what it is by its bytes, all readers whose marks it bears, and whether its name agrees.</summary>
internal sealed class ContentInspection(ScanState state, ScanItem item)
{
    private readonly List<ContentKind> _seen = [];

    /// <returns>What it is; of several the first that its name promises.</returns>
    public ContentKind Run()
    {
        if (item.Source.Length == 0) return Empty();
        var marks = ContentMarks.Of(item.Source);

        // The first eight bytes of this format are a length and can spell the mark of another: a file that keeps all its rules is nothing else.
        if (marks.Contains(ContentKind.Safetensors) && SafetensorsReader.IsWhole(item.Source)) marks = [ContentKind.Safetensors];
        foreach (var mark in marks) Read(mark);
        if (_seen.Count == 0) ReadByShape();

        // The oldest pickles begin with almost any letter, also with the marks of other formats.
        if (!marks.Contains(ContentKind.Pickle)) Guarded(() => Pickles.PickleTrial.Run(item, state, _seen));
        if (_seen.Count == 0) ReadByName();
        if (_seen.Count == 0) NothingKnown();
        var kind = _seen.Find(kind => NamePromises.Allow(item.Extension, kind));
        if (kind == ContentKind.Unknown) kind = _seen.FirstOrDefault();
        NamePromises.Check(item, _seen, state);
        return kind;
    }

    private ContentKind Empty()
    {
        NamePromises.Check(item, [ContentKind.Empty], state);
        return ContentKind.Empty;
    }

    // Formats without a mark at their beginning: looked for one after another, the strictest first.
    private void ReadByShape()
    {
        var kind = ContentShapes.Of(item.Source);

        // Whatever else a text can be read as: a name that has it run decides.
        if (kind is ContentKind.Json or ContentKind.Yaml && ScriptNames.Run(item.Extension)) kind = ContentKind.Text;
        if (kind != ContentKind.Unknown) Read(kind);
    }

    private void NothingKnown()
    {
        _seen.Add(ContentKind.Unknown);
        state.Report(CoreRules.UnknownContent, item, $"{item.Source.Length} bytes that no known format begins like", 0);
    }

    // Whoever loads it goes by the name: that reader says what is wrong with a file that is not quite what it is called.
    private void ReadByName()
    {
        if (NamePromises.ReaderOf(item.Extension) is not { } promised) return;
        var fork = state.Fork();
        fork.Guard(item, () => ContentReaders.Of(promised).Read(item, fork));
        if (fork.Findings.Count > 0) _seen.Add(promised);
        state.Join(fork);
    }

    private void Read(ContentKind mark) => Guarded(() =>
    {
        var at = _seen.Count;
        _seen.Add(mark);
        _seen[at] = ContentReaders.Of(mark).Read(item, state);
    });

    private void Guarded(Action read) => state.Guard(item, read);
}
