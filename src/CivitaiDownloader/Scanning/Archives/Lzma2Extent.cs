using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>How far an LZMA2 stream reaches and what comes out, told by the headers of its chunks without unpacking (xz file format 1.2.1, section 5.3.1; LZMA SDK, Lzma2Dec.c).</summary>
/// <param name="End">Behind the byte that ends it.</param>
internal readonly record struct Lzma2Extent(long End, long Unpacked)
{
    public static Lzma2Extent Measure(ScanSource source)
    {
        using var reader = new SourceReader(source);
        return Measure(reader, 0);
    }

    /// <exception cref="UnreadableException">The chunks are none, or leave the source.</exception>
    /// <exception cref="BudgetExceededException">So many tiny ones that setting the decoder up anew for each costs more than their bytes.</exception>
    public static Lzma2Extent Measure(SourceReader reader, long start)
    {
        reader.Position = start;
        var (unpacked, chunks) = (0L, 0L);
        for (int control; (control = reader.ReadByte()) != 0;)
        {
            if (++chunks > 1_000 + ((reader.Position - start) / 256)) throw new BudgetExceededException(CoreRules.Limit, "too many tiny chunks in an LZMA2 stream");
            if (control is > 2 and < 0x80) throw new UnreadableException("an LZMA2 chunk of an unknown kind", reader.Position - 1);
            var bytes = Big(reader) + 1;
            if (control < 0x80)
            {
                unpacked += bytes;
                reader.Skip(bytes);
                continue;
            }

            unpacked += ((control & 0x1f) << 16) + bytes;
            var packed = Big(reader) + 1;
            if (control >= 0xc0 && !HasProperties(reader.ReadByte())) throw new UnreadableException("LZMA2 properties out of range", reader.Position - 1);
            reader.Skip(packed);
        }

        return new(reader.Position, unpacked);
    }

    // LZMA2 allows lc + lp up to 4 only; plain LZMA would have the decoder reserve megabytes for each chunk.
    private static bool HasProperties(byte value) => value < 225 && (value % 9) + (value / 9 % 5) <= 4;

    private static int Big(SourceReader reader) => (reader.ReadByte() << 8) | reader.ReadByte();
}
