using System.Buffers.Binary;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>The names in a compound file's directory ([MS-CFB], sections 2.2 to 2.6).</summary>
internal static class OleDirectory
{
    private const int EntryBytes = 128, MostSectors = 4_096, HeaderTables = 109;
    private const uint LastSector = 0xfffffffa;

    /// <exception cref="UnreadableException">Its tables lead nowhere, or in a circle.</exception>
    public static IEnumerable<string> Names(ScanSource source)
    {
        var header = source.Peek(0, 512);
        if (header.Length < 512) throw new UnreadableException("a compound file without a whole header", 0);
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        if (shift is not (9 or 12)) throw new UnreadableException($"sectors of 2^{shift} bytes", 30);
        var size = 1 << shift;
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(48));
        for (var passed = 0; sector < LastSector; passed++)
        {
            if (passed == MostSectors) throw new UnreadableException($"a directory of more than {MostSectors} sectors", 48);
            var entries = source.Peek(Place(sector, size), size);
            if (entries.Length < EntryBytes) throw new UnreadableException("the directory lies outside of the file", Place(sector, size));
            for (var at = 0; at + EntryBytes <= entries.Length; at += EntryBytes)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(entries.AsSpan(at + 64));
                if (entries[at + 66] != 0 && length is >= 2 and <= 64) yield return Encoding.Unicode.GetString(entries, at, length - 2);
            }

            sector = Next(source, header, sector, size);
        }
    }

    private static long Place(uint sector, int size) => (sector + 1L) * size;

    // Only the tables that the header lists: they reach through 6.8 MB, and directories stand at the front.
    private static uint Next(ScanSource source, byte[] header, uint sector, int size)
    {
        var table = sector / (uint)(size / 4);
        if (table >= HeaderTables) throw new UnreadableException("the directory goes on too far behind in the file", 48);
        var place = Place(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(76 + ((int)table * 4))), size) + (sector % (uint)(size / 4) * 4);
        var next = source.Peek(place, 4);
        return next.Length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(next) : throw new UnreadableException("a table of sectors lies outside of the file", place);
    }
}
