using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Reads 7z archives (7-Zip, DOC/7zFormat.txt). Headers are read here, bounded by their own length; only streams are given to decoders.</summary>
internal sealed class SevenZipReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        var catalogue = SevenZipCatalogue.Read(item, state);
        if (catalogue is not null) new SevenZipMembers(item, state, catalogue).Judge();
        return ContentKind.SevenZip;
    }
}
