using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Onnx;

internal sealed class OnnxReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Onnx;
}
