using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Writes 7z archives with one folder, all members in it.</summary>
internal sealed class SevenZipBytes
{
    private readonly List<(string Name, byte[] Content, uint Attributes)> _members = [];

    /// <summary>Coders as the header writes them, their count first; stored when nothing else is said.</summary>
    public byte[] Coders { get; init; } = [1, 1, 0];

    public Func<byte[], byte[]> Pack { get; init; } = content => content;

    public byte[] Gap { get; init; } = [];

    public bool HasWrongChecksums { get; init; }

    public SevenZipBytes File(string name, string text, uint attributes = 0x20)
    {
        _members.Add((name, Encoding.UTF8.GetBytes(text), attributes));
        return this;
    }

    public byte[] Bytes()
    {
        byte[] content = [.. _members.SelectMany(member => member.Content)], packed = Pack(content);
        var header = Header(content.Length, packed.Length);
        byte[] place = [.. Number64(packed.Length + Gap.Length), .. Number64(header.Length), .. Checksum(header)];
        return [.. "7z"u8, 0xbc, 0xaf, 0x27, 0x1c, 0, 4, .. Checksum(place), .. place, .. Gap, .. packed, .. header];
    }

    private byte[] Header(int size, int packed)
    {
        byte[] names = [0, .. _members.SelectMany(member => Encoding.Unicode.GetBytes(member.Name + "\0"))];
        byte[] attributes = [1, 0, .. _members.SelectMany(member => BitConverter.GetBytes(member.Attributes))];
        byte[] sizes = [.. _members.SkipLast(1).Select(member => (byte)member.Content.Length)];
        byte[] checksums = [.. _members.SelectMany(member => Checksum(HasWrongChecksums ? [] : member.Content))];
        var coders = Enumerable.Repeat(Number(size), Coders[0]).SelectMany(number => number);
        byte[] contents = _members.Count > 1 ? [13, (byte)_members.Count, 9, .. sizes, 10, 1, .. checksums, 0] : [10, 1, .. checksums, 0];
        return [1, 4, 6, .. Number(Gap.Length), 1, 9, .. Number(packed), 0, 7, 11, 1, 0, .. Coders, 12, .. coders, 0, 8, .. contents, 0, 5, (byte)_members.Count, 17, .. Number(names.Length), .. names, 21, .. Number(attributes.Length), .. attributes, 0, 0];
    }

    private static byte[] Number(int value) => value < 0x80 ? [(byte)value] : [(byte)(0x80 | (value >> 8)), (byte)value];

    private static byte[] Number64(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Checksum(byte[] bytes)
    {
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32.HashToUInt32(bytes));
        return checksum;
    }
}
