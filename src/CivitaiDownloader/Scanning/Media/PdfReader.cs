using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

internal sealed class PdfReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Pdf;
}
