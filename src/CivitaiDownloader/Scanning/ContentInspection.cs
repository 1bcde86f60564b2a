using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Safetensors;

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
        ReadByName();
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
        if (kind != ContentKind.Unknown) Read(kind);
        if (kind is ContentKind.Unknown or ContentKind.Text or ContentKind.Script or ContentKind.Json or ContentKind.Yaml) Guarded(() => Pickles.PickleTrial.Run(item, state, _seen));
        if (_seen.Count > 0) return;
        _seen.Add(ContentKind.Unknown);
        state.Report(CoreRules.UnknownContent, item, $"{item.Source.Length} bytes that no known format begins like", 0);
    }

    // Whoever loads it goes by the name: that reader says what is wrong with a file that is not what it is called.
    private void ReadByName()
    {
        if (_seen is not [ContentKind.Unknown] || NamePromises.ReaderOf(item.Extension) is not { } promised) return;
        Guarded(() => ContentReaders.Of(promised).Read(item, state));
    }

    private void Read(ContentKind mark) => Guarded(() =>
    {
        var at = _seen.Count;
        _seen.Add(mark);
        _seen[at] = ContentReaders.Of(mark).Read(item, state);
    });

    private void Guarded(Action read) => state.Guard(item, read);
}
