using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

internal sealed class PlainTextReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Text;
}
