using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Archives of kinds in which no models are shared. They are named and not opened: what is not looked at is not clean.</summary>
internal sealed class OtherArchiveReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        state.Report(ArchiveRules.NotExamined, item, $"it is {Kind(item.Source.Peek(0, 8))}", 0);
        return ContentKind.OtherArchive;
    }

    private static string Kind(byte[] head) => head switch
    {
        [(byte)'M', ..] => "a cabinet of Windows",
        [0x60, 0xea, ..] => "an ARJ archive",
        [(byte)'0', (byte)'7', ..] => "a cpio archive",
        [(byte)'!', ..] => "an ar archive or a package of Debian",
        [(byte)'x', ..] => "a xar archive",
        [(byte)'h', ..] => "a SquashFS image",
        _ => "an LHA archive",
    };
}
