using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Programs;

internal sealed class ProgramReader(ContentKind kind) : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => kind;
}
