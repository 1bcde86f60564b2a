using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Writes zip archives, each record as it is told to.</summary>
internal sealed class ZipBytes
{
    private readonly List<Member> _members = [];

    public string Comment { get; init; } = "";

    public byte[] Prefix { get; init; } = [];

    /// <summary>Added to the number of members in the end record.</summary>
    public int CountOff { get; init; }

    public static byte[] Of(params (string Name, byte[] Bytes)[] members)
    {
        var zip = new ZipBytes();
        foreach (var (name, bytes) in members) zip.Add(new(name, bytes));
        return zip.Build();
    }

    public ZipBytes Add(Member member)
    {
        _members.Add(member);
        return this;
    }

    public byte[] Build()
    {
        var bytes = new List<byte>(Prefix);
        var directory = new List<byte>();
        foreach (var member in _members)
        {
            var at = bytes.Count - Prefix.Length;
            bytes.AddRange(member.Header());
            bytes.AddRange(member.Packed);
            bytes.AddRange(member.Behind);
            if (!member.IsHidden) directory.AddRange(member.Record(at));
        }

        var start = bytes.Count - Prefix.Length;
        bytes.AddRange(directory);
        var end = new byte[22];
        "PK\x05\x06"u8.CopyTo(end);
        var count = (ushort)(_members.Count(member => !member.IsHidden) + CountOff);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), count);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), directory.Count);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), start);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(20), (ushort)Comment.Length);
        bytes.AddRange(end);
        bytes.AddRange(Encoding.Latin1.GetBytes(Comment));
        return [.. bytes];
    }

    public sealed record Member(string Name, byte[] Bytes)
    {
        public bool IsDeflated { get; init; }

        public string? NameInHeader { get; init; }

        public ushort Flags { get; init; }

        public ushort? FlagsInHeader { get; init; }

        public ushort? Method { get; init; }

        public ushort? MethodInHeader { get; init; }

        public uint? Crc { get; init; }

        public int? SizeInHeader { get; init; }

        public uint UnixMode { get; init; }

        public byte[] Extra { get; init; } = [];

        /// <summary>Not in the directory.</summary>
        public bool IsHidden { get; init; }

        public byte[] Behind { get; init; } = [];

        public byte[] Packed => IsDeflated ? Deflate(Bytes) : Bytes;

        public byte[] Header() => [.. "PK\x03\x04"u8, .. Fields(NameInHeader ?? Name, FlagsInHeader ?? Flags, MethodInHeader ?? Method ?? Own, SizeInHeader ?? Packed.Length, SizeInHeader ?? Bytes.Length), .. Encoding.UTF8.GetBytes(NameInHeader ?? Name), .. Extra];

        public byte[] Record(int at)
        {
            var name = Encoding.UTF8.GetBytes(Name);
            var tail = new byte[14];
            BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(6), UnixMode << 16);
            BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(10), at);
            return [.. "PK\x01\x02"u8, 20, 3, .. Fields(Name, Flags, Method ?? Own, Packed.Length, Bytes.Length), .. tail, .. name, .. Extra];
        }

        private ushort Own => (ushort)(IsDeflated ? 8 : 0);

        private byte[] Fields(string name, ushort flags, ushort method, int packed, int bytes)
        {
            var fields = new byte[26];
            fields[0] = 20;
            BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(2), flags);
            BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(4), method);
            BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(10), Crc ?? Crc32.HashToUInt32(Bytes));
            BinaryPrimitives.WriteInt32LittleEndian(fields.AsSpan(14), packed);
            BinaryPrimitives.WriteInt32LittleEndian(fields.AsSpan(18), bytes);
            BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(22), (ushort)Encoding.UTF8.GetByteCount(name));
            BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(24), (ushort)Extra.Length);
            return fields;
        }

        private static byte[] Deflate(byte[] bytes)
        {
            using var packed = new MemoryStream();
            using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal)) deflate.Write(bytes);
            return packed.ToArray();
        }
    }
}
