namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class SevenZipSamples
{
    private const uint UnixLink = (0xa1ffu << 16) | 0x8000, UnixPipe = (0x11a4u << 16) | 0x8000, UnixOwner = (0x89edu << 16) | 0x8000;

    private static readonly byte[] Lzma2 = [1, 0x21, 0x21, 1, 24], Lzma2AndBranches = [2, 0x21, 0x21, 1, 24, 4, 3, 3, 1, 3, 1, 0];

    private static SevenZipBytes Stored => new();

    public static IEnumerable<Sample> All =>
    [
        new(null, "stored.7z", Stored.File("a.txt", "hi").File("b/c.txt", "ho").Bytes()),
        new(null, "packed.7z", new SevenZipBytes { Coders = Lzma2, Pack = Chunk }.File("a.txt", "hi").File("b.txt", "ho").Bytes()),
        new(null, "filtered.7z", new SevenZipBytes { Coders = Lzma2AndBranches, Pack = Chunk }.File("a.txt", "hi").Bytes()),
        new("archive-traversal", "climbs.7z", Stored.File("../a.txt", "hi").Bytes()),
        new("archive-odd-name", "device.7z", Stored.File("aux.txt", "hi").Bytes()),
        new("archive-duplicate-name", "twice.7z", Stored.File("a.txt", "hi").File("a.txt", "ho").Bytes()),
        new("archive-link-outside", "link.7z", Stored.File("a", "../../etc/passwd", UnixLink).Bytes()),
        new("archive-through-link", "through.7z", Stored.File("a", "b", UnixLink).File("a/c.txt", "hi").Bytes()),
        new("archive-special-file", "pipe.7z", Stored.File("a.txt", "hi", UnixPipe).Bytes()),
        new("archive-set-user-id", "owner.7z", Stored.File("a.txt", "hi", UnixOwner).Bytes()),
        new("archive-encrypted", "encrypted.7z", new SevenZipBytes { Coders = [1, 0x24, 6, 0xf1, 7, 1, 2, 0, 0] }.File("a.txt", "hi").Bytes()),
        new("archive-not-examined", "method.7z", new SevenZipBytes { Coders = [1, 2, 0x77, 0x77] }.File("a.txt", "hi").Bytes()),
        new("limit-reached", "dictionary.7z", new SevenZipBytes { Coders = [1, 0x23, 3, 4, 1, 5, 6, 0, 0, 0, 0x10] }.File("a.txt", "hi").Bytes()),
        new("hidden-data", "gap.7z", new SevenZipBytes { Gap = [0xfe, 0xff] }.File("a.txt", "hi").Bytes()),
        new("hidden-data", "behind.7z", [.. Stored.File("a.txt", "hi").Bytes(), 0xfe, 0xff]),
        new("unreadable", "checksum.7z", new SevenZipBytes { HasWrongChecksums = true }.File("a.txt", "hi").Bytes()),
        new("unreadable", "packed-checksum.7z", new SevenZipBytes { HasWrongChecksums = true, Coders = Lzma2, Pack = Chunk }.File("a.txt", "hi").Bytes()),
        new("unreadable", "cut.7z", Stored.File("a.txt", "hi").Bytes()[..^9]),
        new("unreadable", "short.7z", new SevenZipBytes { Coders = Lzma2, Pack = content => Chunk(content[..1]) }.File("a.txt", "hi").Bytes()),
    ];

    private static byte[] Chunk(byte[] content) => [1, (byte)((content.Length - 1) >> 8), (byte)(content.Length - 1), .. content, 0];
}
