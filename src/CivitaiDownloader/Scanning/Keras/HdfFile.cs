using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>An HDF5 file's bytes by its own addresses: counted from its base, as wide as its superblock says (HDF5 file format specification, section II.A).</summary>
internal sealed class HdfFile(SourceReader reader, long start)
{
    public SourceReader Reader => reader;

    public HdfBudget Budget { get; } = new(reader.Length);

    /// <summary>Where the superblock stands, and all addresses begin.</summary>
    public long Start => start;

    public int AddressBytes { get; private set; } = 8;

    public int SizeBytes { get; private set; } = 8;

    public void SetWidths(int addressBytes, int sizeBytes)
    {
        if (addressBytes is not (2 or 4 or 8) || sizeBytes is not (2 or 4 or 8)) throw new UnreadableException($"addresses of {addressBytes} and sizes of {sizeBytes} bytes", start);
        (AddressBytes, SizeBytes) = (addressBytes, sizeBytes);
    }

    /// <summary>The place in the file.</summary>
    /// <exception cref="UnreadableException">There is none.</exception>
    public long Place(long address) => address >= 0 && address < reader.Length - start ? start + address : throw new UnreadableException($"the address {address} lies outside the file", 0);

    /// <summary>Copies what stands at a place of the file.</summary>
    public HdfCursor Read(long place, long count)
    {
        Budget.Spend(count);
        reader.Position = place;
        return new(reader.ReadBytes(count), place, AddressBytes, SizeBytes);
    }

    /// <summary>As <see cref="Read"/>, what begins with a signature of four letters, which is passed.</summary>
    public HdfCursor ReadSigned(long address, ReadOnlySpan<byte> signature, long count)
    {
        var cursor = Read(Place(address), count);
        if (!cursor.Bytes(4).SequenceEqual(signature)) throw new UnreadableException($"{System.Text.Encoding.ASCII.GetString(signature)} does not stand where it should", start + address);
        return cursor;
    }
}
