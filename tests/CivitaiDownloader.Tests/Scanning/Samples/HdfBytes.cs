using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Writes HDF5 files of the newer kind: one object with messages, and what they refer to behind it. Checksums are left at zero; no scanner of structure needs them.</summary>
internal static class HdfBytes
{
    private const int RootAt = 48;

    public static byte[] File(params byte[][] messages) => File(messages, _ => []);

    /// <param name="behind">What stands behind the object, given where that is.</param>
    public static byte[] File(byte[][] messages, Func<long, byte[]> behind)
    {
        byte[] body = [.. messages.SelectMany(message => message)];
        byte[] root = [.. "OHDR"u8, 2, 2, .. BitConverter.GetBytes(body.Length), .. body, 0, 0, 0, 0];
        var tail = behind(RootAt + root.Length);
        byte[] head = [0x89, .. "HDF\r\n\x1a\n"u8, 2, 8, 8, 0, .. BitConverter.GetBytes(0L), .. BitConverter.GetBytes(-1L), .. BitConverter.GetBytes((long)(RootAt + root.Length + tail.Length)), .. BitConverter.GetBytes((long)RootAt), 0, 0, 0, 0];
        return [.. head, .. root, .. tail];
    }

    public static byte[] Message(int type, byte[] body) => [(byte)type, .. BitConverter.GetBytes((ushort)body.Length), 0, .. body];

    /// <summary>A text of a fixed length.</summary>
    public static byte[] AttributeBody(string name, string text)
    {
        var (key, value) = (Encoding.UTF8.GetBytes(name + "\0"), Encoding.UTF8.GetBytes(text));
        return [3, 0, .. BitConverter.GetBytes((ushort)key.Length), 8, 0, 4, 0, 0, .. key, 0x13, 0, 0, 0, .. BitConverter.GetBytes(value.Length), 2, 0, 0, 0, .. value];
    }

    public static byte[] Attribute(string name, string text) => Message(0x0c, AttributeBody(name, text));

    /// <summary>A text of a variable length, in a heap at a place.</summary>
    public static byte[] VariableAttribute(string name, long heap)
    {
        var key = Encoding.UTF8.GetBytes(name + "\0");
        return Message(0x0c, [3, 0, .. BitConverter.GetBytes((ushort)key.Length), 8, 0, 4, 0, 0, .. key, 0x19, 1, 0, 0, 16, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(heap), 1, 0, 0, 0]);
    }

    public static byte[] Heap(string text)
    {
        var value = Encoding.UTF8.GetBytes(text);
        byte[] entry = [1, 0, 1, 0, 0, 0, 0, 0, .. BitConverter.GetBytes((long)value.Length), .. value, .. new byte[(8 - (value.Length % 8)) % 8]];
        return [.. "GCOL"u8, 1, 0, 0, 0, .. BitConverter.GetBytes(16L + entry.Length), .. entry];
    }

    public static byte[] LinkBody(string name, byte kind, byte[] value) => [1, 8, kind, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), .. value];

    public static byte[] ExternalLink(string file)
    {
        byte[] value = [0, .. Encoding.UTF8.GetBytes(file), 0, (byte)'/', (byte)'x', 0];
        return LinkBody("elsewhere", 64, [.. BitConverter.GetBytes((ushort)value.Length), .. value]);
    }

    /// <summary>A message that says where many attributes (0x15) or links (0x02) are kept, and the heap with them, at the same place in every file of one such message.</summary>
    public static byte[] Dense(int type, byte[] record)
    {
        const int FixedBytes = 22 + (12 * 8) + (3 * 8) + 4, BlockBytes = 512;
        var address = RootAt + 10 + 4 + 4 + (type == 2 ? 26 : 26);
        byte[] body = [0, 0, .. BitConverter.GetBytes((long)address), .. BitConverter.GetBytes(-1L), .. BitConverter.GetBytes(-1L)];
        return File([Message(type, body)], start =>
        {
            if (start != address) throw new InvalidOperationException($"the heap is at {start}");
            byte[] none = BitConverter.GetBytes(-1L), zero = BitConverter.GetBytes(0L);
            byte[] heap = [.. "FRHP"u8, 0, 8, 0, 0, 0, 2, 0, 16, 0, 0, .. zero, .. none, .. zero, .. none, .. zero, .. zero, .. zero, .. zero, .. zero, .. zero, .. zero, .. zero, 4, 0, .. BitConverter.GetBytes((long)BlockBytes), .. BitConverter.GetBytes(65536L), 32, 0, 1, 0, .. BitConverter.GetBytes(start + FixedBytes), 0, 0, 0, 0, 0, 0];
            byte[] block = [.. "FHDB"u8, 0, .. BitConverter.GetBytes(start), 0, 0, 0, 0, 0, 0, 0, 0, .. record];
            return [.. heap, .. block, .. new byte[BlockBytes - block.Length]];
        });
    }
}
