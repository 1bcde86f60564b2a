using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class TarSamples
{
    private static TarBytes Tar => new();

    public static IEnumerable<Sample> All =>
    [
        .. Harmless,
        new("archive-traversal", "climbs.tar", Tar.File("../a.txt", "hi").End()),
        new("archive-traversal", "root.tar", Tar.File("/a.txt", "hi").End()),
        new("archive-traversal", "drive.tar", Tar.File("C:a.txt", "hi").End()),
        new("archive-traversal", "share.tar", Tar.File(@"\\host\share\a.txt", "hi").End()),
        new("archive-traversal", "dropped-space.tar", Tar.File(".. /a.txt", "hi").End()),
        new("archive-traversal", "ends-above.tar", Tar.Member("a/..", '5', []).End()),
        new("archive-traversal", "pax.tar", Tar.Pax(("path", "../a.txt")).File("a.txt", "hi").End()),
        new("archive-traversal", "pax-nul.tar", Tar.Pax(("path", "a.txt\0b")).File("a.txt", "hi").End()),
        new("archive-traversal", "long-name.tar", Tar.Member("././@LongLink", 'L', Encoding.ASCII.GetBytes("a/../../b.txt\0")).File("a.txt", "hi").End()),
        new("archive-traversal", "prefix.tar", Tar.File("a.txt", "hi", prefix: "..").End()),
        .. new[] { "con", "AUX.txt", "com1.tar.txt", "a.txt:stream", "a.txt.", "a.txt ", "a\u202egnp.txt", "a\u200b.txt", "a\u0001.txt", "a|b", "what?", @"a\b.txt", "b/nul/a.txt" }.Select(name => new Sample("archive-odd-name", $"odd.{(int)name[^1]}.tar", Tar.File(name, "hi").End())),
        new("archive-odd-name", "long-part.tar", Tar.Pax(("path", new string('a', 256))).File("a", "hi").End()),
        new("archive-odd-name", "no-text.tar", Tar.Raw(TarBytes.Summed(Latin())).Raw(new byte[512]).End()),
        new("archive-duplicate-name", "twice.tar", Tar.File("a.txt", "hi").File("./a.txt", "ho").End()),
        new("archive-similar-name", "case.tar", Tar.File("a.txt", "hi").File("A.txt", "ho").End()),
        new("archive-link-outside", "link-root.tar", Tar.Link("a", "/etc/passwd").End()),
        new("archive-link-outside", "link-up.tar", Tar.Link("b/a", "../../c").End()),
        new("archive-link-outside", "link-back.tar", Tar.Link("b/a", "c/../../d").End()),
        new("archive-link-outside", "hard-up.tar", Tar.Link("b/a", "../c", '1').End()),
        new("archive-link-outside", "pax-link.tar", Tar.Pax(("linkpath", "../c")).Link("a", "b").End()),
        new("archive-through-link", "through.tar", Tar.Link("a", "b").File("a/c.txt", "hi").End()),
        new("archive-through-link", "through-other-case.tar", Tar.Link("a/b", "c").File("a/B/c.txt", "hi").End()),
        new("archive-link", "link.tar", Tar.File("b/c.txt", "hi").Link("b/a", "../b/c.txt").Link("d", "b/c.txt", '1').End()),
        new("archive-special-file", "device.tar", Tar.Member("a", '3', []).End()),
        new("archive-special-file", "pipe.tar", Tar.Member("a", '6', []).End()),
        new("archive-set-user-id", "owner.tar", Tar.File("a.txt", "hi", mode: 0x9ed).End()),
        new("archive-set-user-id", "capability.tar", Tar.Pax(("SCHILY.xattr.security.capability", "x")).File("a.txt", "hi").End()),
        new("tar-ambiguous", "two-sizes.tar", Tar.Pax(("size", "2")).Member("a.txt", '0', [(byte)'h', (byte)'i'], claimed: 1).End()),
        new("tar-ambiguous", "two-names.tar", Tar.Member("long", 'L', Encoding.ASCII.GetBytes("b.txt\0")).Pax(("path", "c.txt")).File("a.txt", "hi").End()),
        new("tar-ambiguous", "same-record-twice.tar", Tar.Pax(("path", "b.txt"), ("path", "c.txt")).File("a.txt", "hi").End()),
        new("tar-ambiguous", "half-a-name.tar", Tar.File("a.txt", "hi", magic: "ustar  \0", prefix: "b").End()),
        new("tar-ambiguous", "link-with-size.tar", Tar.Member("a", '1', [], link: "b", claimed: 512).File("b", "hi").End()),
        new("hidden-data", "behind.tar", Tar.File("a.txt", "hi").End("more")),
        new("hidden-file", "further-behind.tar", [.. Tar.File("a.txt", "hi").End("more"), .. PickleBytes.Call("os", "system", "echo"), (byte)'x']),
        new("hidden-file", "behind-blocks.tar", [.. Tar.File("a.txt", "hi").End(), .. new byte[8192], .. "#!/bin/sh\necho hello\n"u8]),
        new("hidden-data", "padding.tar", Tar.Raw([.. Tar.File("a.txt", "hi").Open()[..^1], (byte)'x']).End()),
        new("unreadable", "cut.tar", Tar.File("a.txt", "hi").Open()),
        new("unreadable", "checksum.tar", Tar.Raw([(byte)'b', .. Tar.File("a.txt", "hi").Open()[1..]]).End()),
        new("unreadable", "size.tar", Tar.Member("a.txt", '0', Encoding.ASCII.GetBytes(new string('a', 2048)), claimed: 1L << 32).Open()),
        new("unreadable", "type.tar", Tar.Member("a.txt", '?', "hi"u8.ToArray()).End()),
        new("decompression-bomb", "sparse.tar", Tar.Pax(("GNU.sparse.map", "0,2"), ("GNU.sparse.realsize", "9000000000000")).File("a.txt", "hi").End()),
    ];

    private static IEnumerable<Sample> Harmless =>
    [
        new(null, "plain.tar", Tar.File("a.txt", "hi").Member("b/", '5', []).File("b/c.txt", "ho").Member("b", '5', []).End()),
        new(null, "seventh-edition.tar", Tar.Member("a.txt", '\0', "hi"u8.ToArray(), magic: "").End()),
        new(null, "gnu.tar", Tar.Member("././@LongLink", 'L', Encoding.ASCII.GetBytes(new string('d', 120) + "/a.txt\0"), magic: "ustar  \0").File("ddd", "hi", magic: "ustar  \0").End()),
        new(null, "ustar-prefix.tar", Tar.File("a.txt", "hi", prefix: "models").End()),
        new(null, "pax.tar", Tar.Member("g", 'g', "19 comment=abcdefg\n"u8.ToArray()).Pax(("path", "módels/a.txt"), ("mtime", "1.5")).File("a.txt", "hi").End()),
        new(null, "padded.tar", [.. Tar.File("a.txt", "hi").End(), .. new byte[7168]]),
        new(null, "no-member.tar", Tar.Member("./", '5', []).End()),
        new(null, "sparse-pax.tar", Tar.Pax(("GNU.sparse.map", "0,2,2,2"), ("GNU.sparse.realsize", "4"), ("GNU.sparse.name", "a.txt")).File("a", "hiho").End()),
        new(null, "emoji.tar", Tar.File("👩‍🚀 ☄️.txt", "hi").End()),
    ];

    private static byte[] Latin()
    {
        var header = Tar.File("a.txt", "hi").Open()[..512];
        header[0] = 0xe9;
        header.AsSpan(124, 11).Fill((byte)'0');
        return header;
    }
}
