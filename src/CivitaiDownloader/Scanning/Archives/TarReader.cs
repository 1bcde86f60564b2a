using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Reads tar archives of every age: the seventh edition's, ustar, pax and GNU's. Members are judged where they lie; their bytes are not copied.</summary>
internal sealed class TarReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        new TarWalk(item, state, reader).Run();
        return ContentKind.Tar;
    }
}
