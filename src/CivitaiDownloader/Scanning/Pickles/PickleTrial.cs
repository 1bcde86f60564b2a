using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>Runs what does not begin with PROTO as a pickle of the oldest protocols, which begin with almost any letter.</summary>
internal static class PickleTrial
{
    /// <param name="seen">What the content is known to be; a pickle is added to it, or takes the place of a text.</param>
    public static void Run(ScanItem item, ScanState state, List<ContentKind> seen)
    {
        var run = PickleRun.From(item.Source, 0, null, state);
        var isOther = seen.Exists(kind => !IsText(kind));
        if (isOther && run.AsksForObjects) return; // "PK" begins so, and no loader that answers reads an archive as a pickle
        if (!run.HasBadCall)
        {
            // Nothing is called that does harm (a list of words can begin like an import): then it has to be one from the first byte to STOP, and more than the first words of a text.
            if (!run.IsWhole) return;
            var isPromised = !isOther && NamePromises.Promise(item.Extension, ContentKind.Pickle);
            if (!isPromised && (run.End <= 2 || (run.Imports == 0 && (isOther || (seen.Count > 0 && run.End < item.Source.Length))))) return;
        }

        if (!isOther) seen.Clear();
        seen.Add(ContentKind.Pickle);
        seen[^1] = ContentReaders.Of(ContentKind.Pickle).Read(item, state);
    }

    private static bool IsText(ContentKind kind) => kind is ContentKind.Text or ContentKind.Script or ContentKind.Json or ContentKind.Yaml or ContentKind.Html or ContentKind.Svg;
}
