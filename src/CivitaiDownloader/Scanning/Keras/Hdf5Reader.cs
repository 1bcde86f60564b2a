using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>HDF5: every object that can be reached is visited, its attributes and texts are read as configurations, its links and storage held against the file. Weights are passed over.</summary>
internal sealed class Hdf5Reader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        if (HdfSuperblock.Find(item.Source) is not { } start) throw new UnreadableException("there is no superblock", 0);
        using var reader = new SourceReader(item.Source);
        Leftover.Check(item, state, 0, start, "in front of the HDF5 data", LeftoverTolerance.Zeros);
        var file = new HdfFile(reader, start);
        var superblock = HdfSuperblock.Read(file);
        if (superblock.End < start || superblock.End > reader.Length) state.Report(CoreRules.Unreadable, item, $"{reader.Length} bytes of a file that ends at {superblock.End}", reader.Length);
        else Leftover.Check(item, state, superblock.End, reader.Length - superblock.End, "behind the HDF5 data", LeftoverTolerance.Zeros);
        new HdfObjects(file, item, state).Visit(superblock);
        return ContentKind.Hdf5;
    }
}
