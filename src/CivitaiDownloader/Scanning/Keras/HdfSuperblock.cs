using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>What the beginning of the file says: where its first object is, and where it ends.</summary>
/// <param name="End">The first place behind the data.</param>
/// <param name="Extension">An object with settings of the file; null when there is none.</param>
internal sealed record HdfSuperblock(long Root, long End, long? Extension)
{
    private static readonly byte[] Mark = [0x89, .. "HDF\r\n\x1a\n"u8];

    /// <returns>Where it stands: at 0, 512, 1024, 2048 …; null when nowhere.</returns>
    public static long? Find(ScanSource source)
    {
        for (long at = 0; at < source.Length; at = at == 0 ? 512 : at * 2)
        {
            if (source.Peek(at, 8).AsSpan().SequenceEqual(Mark)) return at;
        }

        return null;
    }

    public static HdfSuperblock Read(HdfFile file)
    {
        file.Reader.Position = file.Start + 8;
        var version = file.Reader.ReadByte();
        return version switch
        {
            0 or 1 => ReadOld(file, version),
            2 or 3 => ReadNew(file),
            _ => throw new UnreadableException($"a superblock of version {version}", file.Start + 8),
        };
    }

    private static HdfSuperblock ReadOld(HdfFile file, int version)
    {
        file.Reader.Position = file.Start + 13;
        file.SetWidths(file.Reader.ReadByte(), file.Reader.ReadByte());
        var fields = file.Read(file.Start + 24 + (version == 1 ? 4 : 0), (6 * file.AddressBytes) + 8);
        var origin = fields.Address() ?? 0;
        fields.Address(); // free space, which nobody keeps
        var end = fields.Address() ?? 0;
        fields.Address(); // the driver
        fields.Address(); // the root's name
        return new(fields.Address() ?? throw new UnreadableException("there is no first object", file.Start), end - origin + file.Start, null);
    }

    private static HdfSuperblock ReadNew(HdfFile file)
    {
        file.Reader.Position = file.Start + 9;
        file.SetWidths(file.Reader.ReadByte(), file.Reader.ReadByte());
        var fields = file.Read(file.Start + 12, 4 * file.AddressBytes);
        var origin = fields.Address() ?? 0;
        var extension = fields.Address();
        var end = fields.Address() ?? 0;
        return new(fields.Address() ?? throw new UnreadableException("there is no first object", file.Start), end - origin + file.Start, extension);
    }
}
