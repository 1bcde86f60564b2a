using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class RarSamples
{
    private static readonly byte[] Mark = [.. "Rar!"u8, 0x1a, 7, 1, 0], OldMark = [.. "Rar!"u8, 0x1a, 7, 0];

    public static IEnumerable<Sample> All =>
    [
        new(null, "stored.rar", Archive(File("a.txt", "hi"), File("b/c.txt", "ho"))),
        new(null, "folder.rar", Archive(File("b", "", flags: 1), File("b/c.txt", "ho"))),
        new(null, "older.rar", [.. OldMark, .. OldBlock(0x73, 0, new byte[6]), .. OldFile("a.txt", "hi"), .. OldBlock(0x7b, 0x4000, [])]),
        new("archive-traversal", "climbs.rar", Archive(File("../a.txt", "hi"))),
        new("archive-traversal", "older-climbs.rar", [.. OldMark, .. OldBlock(0x73, 0, new byte[6]), .. OldFile(@"..\a.txt", "hi"), .. OldBlock(0x7b, 0x4000, [])]),
        new("archive-odd-name", "device.rar", Archive(File("aux.txt", "hi"))),
        new("archive-duplicate-name", "twice.rar", Archive(File("a.txt", "hi"), File("a.txt", "ho"))),
        new("archive-link-outside", "link.rar", Archive(File("a", "", extra: Redirection(1, "../b")))),
        new("archive-link-outside", "junction.rar", Archive(File("a", "", extra: Redirection(3, @"\??\C:\b")))),
        new("archive-link-outside", "hard-link.rar", Archive(File("a", "", extra: Redirection(4, "/b")))),
        new("archive-through-link", "through.rar", Archive(File("a", "", extra: Redirection(1, "b")), File("a/c.txt", "hi"))),
        new("archive-encrypted", "encrypted-member.rar", Archive(File("a.txt", "hi", extra: [2, 1, 0]))),
        new("archive-encrypted", "encrypted.rar", [.. Mark, .. Block([4, 0, 0, 0, 0])]),
        new("archive-encrypted", "older-encrypted.rar", [.. OldMark, .. OldBlock(0x73, 0x80, new byte[6])]),
        new("archive-not-examined", "volume.rar", [.. Mark, .. Block([1, 0, 1]), .. File("a.txt", "hi"), .. Block([5, 0, 0])]),
        new("limit-reached", "dictionary.rar", Archive(File("a.txt", "hi", method: (3 << 7) | (15 << 10)))),
        new("hidden-data", "behind.rar", [.. Archive(File("a.txt", "hi")), 0xfe, 0xff]),
        new("hidden-data", "stream.rar", Archive(File("STM", "hi", type: 3))),
        new("hidden-data", "skipped.rar", Archive([.. Block([9, 2, 2]), 0xfe, 0xff])),
        new("unreadable", "cut.rar", [.. Mark, .. Block([1, 0, 0]), .. File("a.txt", "hi")]),
        new("unreadable", "size.rar", Archive(File("a.txt", "hi", claimed: 3))),
        new("unreadable", "checksum.rar", Archive(File("a.txt", "hi", checksum: 1))),
        new("unreadable", "header.rar", [.. Mark, .. Block([1, 0, 0]), .. File("a.txt", "hi")[..^8], .. new byte[8], .. Block([5, 0, 0])]),
    ];

    private static byte[] Archive(params byte[][] blocks) => [.. Mark, .. Block([1, 0, 0]), .. blocks.SelectMany(block => block), .. Block([5, 0, 0])];

    private static byte[] File(string name, string text, int flags = 0, byte[]? extra = null, int method = 0, int type = 2, int? claimed = null, uint? checksum = null)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, checksum ?? Crc32.HashToUInt32(content));
        byte[] head = extra is null ? [(byte)type, 2, (byte)content.Length] : [(byte)type, 3, (byte)extra.Length, (byte)content.Length];
        return [.. Block([.. head, (byte)(flags | 4), (byte)(claimed ?? content.Length), 0, .. sum, .. Number(method), 1, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), .. extra ?? []]), .. content];
    }

    private static byte[] Redirection(byte kind, string target) => [(byte)(target.Length + 4), 5, kind, 0, (byte)target.Length, .. Encoding.UTF8.GetBytes(target)];

    private static byte[] Block(byte[] body)
    {
        byte[] sized = [(byte)body.Length, .. body], sum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, Crc32.HashToUInt32(sized));
        return [.. sum, .. sized];
    }

    private static byte[] OldFile(string name, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var body = new byte[25];
        BinaryPrimitives.WriteInt32LittleEndian(body, content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4), content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(9), Crc32.HashToUInt32(content));
        (body[17], body[18], body[19]) = (29, 0x30, (byte)name.Length);
        return [.. OldBlock(0x74, 0x8000, [.. body, .. Encoding.UTF8.GetBytes(name)]), .. content];
    }

    private static byte[] OldBlock(byte type, int flags, byte[] body)
    {
        byte[] head = [type, (byte)flags, (byte)(flags >> 8), (byte)(body.Length + 7), 0, .. body];
        var sum = Crc32.HashToUInt32(head);
        return [(byte)sum, (byte)(sum >> 8), .. head];
    }

    private static byte[] Number(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), (byte)(value >> 7)];
}
