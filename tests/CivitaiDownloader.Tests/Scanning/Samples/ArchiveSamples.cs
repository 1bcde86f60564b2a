namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class ArchiveSamples
{
    public static IEnumerable<Sample> All => [.. TarSamples.All, .. CompressedSamples.All, .. SevenZipSamples.All, .. RarSamples.All, .. Others];

    private static IEnumerable<Sample> Others =>
    [
        new("archive-not-examined", "a.cab", [.. "MSCF"u8, .. new byte[60]]),
        new("archive-not-examined", "a.arj", [0x60, 0xea, .. new byte[60]]),
        new("archive-not-examined", "a.cpio", [.. "070701"u8, .. new byte[110]]),
        new("archive-not-examined", "a.deb", [.. "!<arch>\n"u8, .. new byte[60]]),
        new("archive-not-examined", "a.lzh", [0x20, 0x20, .. "-lh5-"u8, .. new byte[30]]),
    ];
}
