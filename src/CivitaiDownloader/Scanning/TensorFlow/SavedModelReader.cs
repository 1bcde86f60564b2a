using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.TensorFlow;

internal sealed class SavedModelReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.SavedModel;
}
