using CivitaiDownloader.Scanning.Checkpoints;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>A file of pickles, one behind the other, as programs write them; or a checkpoint of the layout before PyTorch 1.6, whose data follows its pickles.</summary>
internal sealed class PickleReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => Read(item, state, storages: null);

    /// <param name="storages">What persistent ids stand for, in a checkpoint.</param>
    public static ContentKind Read(ScanItem item, ScanState state, StorageTable? storages)
    {
        if (storages is null && LegacyCheckpoint.IsOne(item.Source)) return LegacyCheckpoint.Read(item, state);
        using var reader = new SourceReader(item.Source);
        for (var run = PickleRun.From(item.Source, reader, storages, state); ; )
        {
            run.Report(item, state);
            if (!run.IsWhole) return ContentKind.Pickle;
            if (PickleRun.Next(item.Source, reader, run.End, storages, state) is not { } next)
            {
                Leftover.Check(item, state, run.End, item.Source.Length - run.End, "behind the pickle");
                return ContentKind.Pickle;
            }

            run = next;
        }
    }
}
