using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Journaling;

namespace CivitaiDownloader.Transfer.Parts;

/// <summary>What an earlier run left of a file, from its journal.</summary>
internal static class Coverage
{
    /// <summary>The records that hold, in order and without overlap: of two that overlap the later one was written over the earlier one.</summary>
    /// <param name="bytesOnDisk">A record that reaches beyond the file speaks of bytes the disk has lost.</param>
    public static List<JournalRecord> Of(IReadOnlyList<JournalRecord> records, long bytesOnDisk)
    {
        var kept = new List<JournalRecord>(records.Count);
        // Nearly always they come in order, several runs of them; the sort is stable, so the later of two stays behind the earlier.
        foreach (var (_, record) in records.Index().Where(entry => entry.Item.Range.End <= bytesOnDisk).OrderBy(entry => entry.Item.Range.Start).ThenBy(entry => entry.Index))
        {
            kept.Add(record);
        }

        return kept.Count == 0 || IsApart(kept) ? kept : Apart(records.Where(record => record.Range.End <= bytesOnDisk));
    }

    /// <summary>What the records leave open.</summary>
    public static IEnumerable<ByteRange> Missing(IEnumerable<JournalRecord> records, long totalBytes)
    {
        long at = 0;
        foreach (var record in records)
        {
            if (record.Range.Start > at) yield return new(at, record.Range.Start);
            at = record.Range.End;
        }

        if (at < totalBytes) yield return new(at, totalBytes);
    }

    public static long Bytes(IEnumerable<JournalRecord> records) => records.Sum(record => record.Range.Length);

    private static bool IsApart(List<JournalRecord> sorted)
    {
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Range.Start < sorted[i - 1].Range.End) return false;
        }

        return true;
    }

    private static List<JournalRecord> Apart(IEnumerable<JournalRecord> records)
    {
        var kept = new SortedList<long, JournalRecord>();
        foreach (var record in records) // in the order they were written
        {
            for (var i = FirstEndingBehind(kept, record.Range.Start); i < kept.Count && kept.GetValueAtIndex(i).Range.Start < record.Range.End;) kept.RemoveAt(i);
            kept.Add(record.Range.Start, record);
        }

        return [.. kept.Values];
    }

    private static int FirstEndingBehind(SortedList<long, JournalRecord> kept, long offset)
    {
        var (low, high) = (0, kept.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (kept.GetValueAtIndex(middle).Range.End > offset) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
