using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>The files that a virtual data set is put together from (section III.E, block of a virtual data set). Each has a file, a data set in it and two selections of differing length.</summary>
internal static class HdfVirtualSources
{
    public const int LongestList = 1 << 20;

    private const int None = 0, Points = 1, Hyperslab = 2, All = 3, MaxRank = 32;

    public static IEnumerable<(string Name, long At)> Of(HdfCursor list, int sizeBytes)
    {
        var version = list.Byte();
        if (version > 1) throw new UnreadableException($"a list of sources of version {version}", list.Place);
        var count = list.Number(sizeBytes);
        for (var index = 0UL; index < count; index++)
        {
            // The second version writes a name that stood before by the number of its place.
            var flags = version == 1 ? list.Byte() : 0;
            var at = list.Place;
            if ((flags & 4) != 0) yield return (".", at);
            else if ((flags & 1) != 0) list.Skip(sizeBytes);
            else yield return (Name(list), at);
            if ((flags & 2) != 0) list.Skip(sizeBytes);
            else Name(list);
            SkipSelection(list);
            SkipSelection(list);
        }
    }

    private static string Name(HdfCursor list)
    {
        var start = list.Position;
        while (list.Byte() != 0)
        {
            // up to the zero that ends it
        }

        return list.TextFrom(start);
    }

    // Section VII.C, dataspace selections.
    private static void SkipSelection(HdfCursor list)
    {
        var kind = list.UInt32();
        var version = list.UInt32();
        if (kind is None or All) list.Skip(8);
        else if ((kind, version) is (Points or Hyperslab, 1)) SkipMeasured(list, 4);
        else if ((kind, version) is (Hyperslab, 2)) SkipMeasured(list, 1);
        else if ((kind, version) is (Points, 2)) SkipPoints(list);
        else if ((kind, version) is (Hyperslab, 3)) SkipBlocks(list);
        else throw new UnreadableException($"a selection of kind {kind} and version {version}", list.Place);
    }

    private static void SkipMeasured(HdfCursor list, int before)
    {
        list.Skip(before);
        Skip(list, list.UInt32());
    }

    private static void SkipPoints(HdfCursor list)
    {
        var width = Width(list);
        var rank = Rank(list);
        Skip(list, list.Number(width), rank * width);
    }

    private static void SkipBlocks(HdfCursor list)
    {
        var isRegular = (list.Byte() & 1) != 0;
        var width = Width(list);
        var rank = Rank(list);
        if (isRegular) list.Skip(4 * rank * width);
        else Skip(list, list.Number(width), 2 * rank * width);
    }

    private static int Width(HdfCursor list) => list.Byte() is var width and (2 or 4 or 8) ? width : throw new UnreadableException("a selection with numbers of an odd width", list.Place);

    private static int Rank(HdfCursor list) => list.UInt32() is var rank and >= 1 and <= MaxRank ? (int)rank : throw new UnreadableException("a selection of too many dimensions", list.Place);

    private static void Skip(HdfCursor list, ulong count, int each = 1)
    {
        if (count > (ulong)list.Left) throw new UnreadableException($"a selection of {count} parts", list.Place);
        list.Skip((int)Math.Min((long)count * each, int.MaxValue));
    }
}
