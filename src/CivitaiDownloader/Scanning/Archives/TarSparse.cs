using System.Globalization;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Files stored without their empty runs (GNU tar manual, "Storing Sparse Files"): where each stored run goes.</summary>
internal static class TarSparse
{
    public const int MostRuns = 100_000;

    /// <summary>The map of an old GNU header: four runs in it, 21 in each block behind it. The reader stands behind the header, and afterwards behind the map.</summary>
    public static (List<(long Offset, long Bytes)> Runs, long Length) OfHeader(byte[] block, SourceReader reader, long offset)
    {
        var runs = new List<(long, long)>();
        TakeRuns(block.AsSpan(386), 4, runs, offset);
        var length = TarEntry.Number(block.AsSpan(483, 12), offset);
        for (var more = block[482] != 0; more;)
        {
            var extension = reader.ReadBytes(TarEntry.BlockBytes);
            TakeRuns(extension, 21, runs, offset);
            more = extension[504] != 0;
            if (runs.Count > MostRuns) throw new UnreadableException("too many runs in a sparse file", offset);
        }

        return (runs, length);
    }

    /// <summary>The map in a pax record: numbers divided by commas.</summary>
    public static List<(long Offset, long Bytes)> OfRecord(string map, long offset)
    {
        var numbers = map.Split(',', (MostRuns * 2) + 1);
        if (numbers.Length % 2 != 0) throw new UnreadableException("a map of a sparse file that is none", offset);
        return [.. Enumerable.Range(0, numbers.Length / 2).Select(run => (Parse(numbers[run * 2], offset), Parse(numbers[(run * 2) + 1], offset)))];
    }

    /// <summary>The map in front of the data: a count and pairs, one number a line, padded to a block. The reader stands behind it afterwards.</summary>
    public static List<(long Offset, long Bytes)> OfData(SourceReader reader, long offset)
    {
        var start = reader.Position;
        var count = Line(reader, offset);
        if (count > MostRuns) throw new UnreadableException("too many runs in a sparse file", offset);
        var runs = new List<(long, long)>();
        for (long run = 0; run < count; run++) runs.Add((Line(reader, offset), Line(reader, offset)));
        reader.Position += (TarEntry.BlockBytes - ((reader.Position - start) % TarEntry.BlockBytes)) % TarEntry.BlockBytes;
        return runs;
    }

    private static void TakeRuns(ReadOnlySpan<byte> table, int most, List<(long, long)> runs, long offset)
    {
        for (var run = 0; run < most && table[run * 24] != 0; run++) runs.Add((TarEntry.Number(table.Slice(run * 24, 12), offset), TarEntry.Number(table.Slice((run * 24) + 12, 12), offset)));
    }

    private static long Line(SourceReader reader, long offset)
    {
        var digits = new StringBuilder();
        for (byte letter; (letter = reader.ReadByte()) != '\n';)
        {
            if (digits.Length == 20) throw new UnreadableException("a map of a sparse file that is none", offset);
            digits.Append((char)letter);
        }

        return Parse(digits.ToString(), offset);
    }

    private static long Parse(string digits, long offset) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new UnreadableException("a map of a sparse file that is none", offset);
}
