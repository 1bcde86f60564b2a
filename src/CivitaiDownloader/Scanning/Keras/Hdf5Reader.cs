using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Keras;

internal sealed class Hdf5Reader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Hdf5;
}
