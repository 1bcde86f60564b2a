using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>What follows the end of a picture, a sound or a film: nothing, or zeros that fill a block.</summary>
internal static class MediaEnd
{
    public static void Check(ScanItem item, ScanState state, long end) => Leftover.Check(item, state, end, item.Source.Length - end, "behind its end", LeftoverTolerance.Zeros);

    /// <summary>For a part that players pass over unread: other data is tolerated there, another file is not.</summary>
    public static void CheckPassedOver(ScanItem item, ScanState state, long start, long length, string part)
    {
        if (EmbeddedMarks.Find(item.Source, start, length) is { } found) state.Report(Rules.CoreRules.HiddenFile, item, $"{NamePromises.Word(found.Kind)} in a part that is passed over ({part})", found.Offset);
    }
}
