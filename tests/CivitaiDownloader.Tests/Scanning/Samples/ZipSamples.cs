using System.Text;
using static CivitaiDownloader.Tests.Scanning.Samples.PickleBytes;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class ZipSamples
{
    private static readonly byte[] Words = "some words\n"u8.ToArray();

    public static IEnumerable<Sample> All =>
    [
        new("zip-ambiguous", "names.zip", new ZipBytes().Add(new("a.txt", Words) { NameInHeader = "b.txt" }).Build()),
        new("zip-ambiguous", "sizes.zip", new ZipBytes().Add(new("a.txt", Words) { SizeInHeader = 4 }).Build()),
        new("zip-ambiguous", "flags.zip", new ZipBytes().Add(new("a.txt", Words) { FlagsInHeader = 0x800 }).Build()),
        new("zip-ambiguous", "patch.zip", new ZipBytes().Add(new("a.txt", Words) { Flags = 0x20 }).Build()),
        new("zip-ambiguous", "unused-flag.zip", new ZipBytes().Add(new("a.txt", Words) { Flags = 0x8000 }).Build()),
        new("zip-ambiguous", "other-volume.zip", OnVolume(7)),
        new("zip-ambiguous", "comment-beyond-the-end.zip", new ZipBytes { Comment = "made by hand" }.Add(new("a.txt", Words)).Build()[..^4]),
        new("zip-ambiguous", "count.zip", new ZipBytes { CountOff = 1 }.Add(new("a.txt", Words)).Build()),
        new("zip-ambiguous", "hidden-member.zip", new ZipBytes().Add(new("a.txt", Words)).Add(new("b.txt", Words) { IsHidden = true }).Build()),
        new("zip-ambiguous", "second-name.zip", new ZipBytes().Add(new("a.txt", Words) { Extra = [0x75, 0x70, 10, 0, 1, 0, 0, 0, 0, .. "b.txt"u8] }).Build()),
        new("zip-checksum", "checksum.zip", new ZipBytes().Add(new("a.txt", Words) { Crc = 1 }).Build()),
        new("zip-checksum", "checksum-deflated.zip", new ZipBytes().Add(new("a.txt", Words) { Crc = 1, IsDeflated = true }).Build()),
        new("archive-encrypted", "encrypted.zip", new ZipBytes().Add(new("a.txt", [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3]) { Flags = 1 }).Build()),
        new("archive-not-examined", "method.zip", new ZipBytes().Add(new("a.txt", Words) { Method = 98 }).Build()),
        new("archive-traversal", "climbs.zip", ZipBytes.Of(("../a.txt", Words))),
        new("archive-odd-name", "device.zip", ZipBytes.Of(("con.txt", Words))),
        new("archive-duplicate-name", "twice.zip", ZipBytes.Of(("a.txt", Words), ("a.txt", Words))),
        new("archive-link-outside", "link.zip", new ZipBytes().Add(new("a", "/etc/passwd"u8.ToArray()) { UnixMode = 0xa1ff }).Build()),
        new("archive-special-file", "pipe.zip", new ZipBytes().Add(new("a", []) { UnixMode = 0x11ff }).Build()),
        new("pickle-dangerous-import", "said-to-be-encrypted.zip", new ZipBytes().Add(new("a.pkl", Call("os", "system", "echo")) { Flags = 1 }).Build()),
        new("pickle-dangerous-import", "method-in-directory.zip", new ZipBytes().Add(new("a.pkl", Call("os", "system", "echo")) { Method = 98, MethodInHeader = 0 }).Build()),
        new("pickle-dangerous-import", "not-in-directory.zip", new ZipBytes().Add(new("a.txt", Words)).Add(new("b.bin", Call("os", "system", "echo")) { IsHidden = true }).Build()),
        new("unreadable", "cut-off.zip", ZipBytes.Of(("a.txt", Words))[..^30]),
        new("decompression-bomb", "bomb.zip", new ZipBytes().Add(new("a.txt", new byte[12 << 20]) { IsDeflated = true }).Build()),
        new("limit-reached", "deep.zip", Enumerable.Range(0, 8).Aggregate(Words, (inner, level) => ZipBytes.Of((level == 0 ? "a.txt" : $"{level}.zip", inner)))),
        new("hidden-data", "prefix.zip", new ZipBytes { Prefix = [1, 2, 3, 4, 5] }.Add(new("a.txt", Words)).Build()),
        new("hidden-data", "tail.zip", [.. ZipBytes.Of(("a.txt", Words)), 1, 2, 3]),
        new("hidden-data", "gap.zip", new ZipBytes().Add(new("a.txt", Words) { Behind = [1, 2, 3] }).Build()),
        new("hidden-file", "prefix-script.zip", new ZipBytes { Prefix = "#!/bin/sh\necho hello\nexit\n"u8.ToArray() }.Add(new("a.txt", Words)).Build()),
        new("hidden-file", "comment.zip", new ZipBytes { Comment = Encoding.Latin1.GetString(ZipBytes.Of(("b.txt", Words))[..^22]) }.Add(new("a.txt", Words)).Build()),

        new(null, "stored.zip", ZipBytes.Of(("a.txt", Words), ("folder/", []), ("folder/b.txt", Words))),
        new(null, "deflated.zip", new ZipBytes().Add(new("a.txt", Words) { IsDeflated = true }).Build()),
        new(null, "comment.zip", new ZipBytes { Comment = "made by hand" }.Add(new("a.txt", Words)).Build()),
        new(null, "beyond-ascii.zip", ZipBytes.Of(("モデル/説明.txt", Words))),
    ];

    private static byte[] OnVolume(byte volume)
    {
        var archive = ZipBytes.Of(("a.txt", Words));
        archive[archive.AsSpan().IndexOf("PK\u0001\u0002"u8) + 34] = volume;
        return archive;
    }
}
