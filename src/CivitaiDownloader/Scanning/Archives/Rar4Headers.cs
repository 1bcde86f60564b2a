using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Reads the headers of RAR archives before version 5 (technote.txt of RAR 3.93).</summary>
internal sealed class Rar4Headers(ScanItem item, ScanState state, SourceReader reader)
{
    private const int MarkBytes = 7, HasData = 0x8000;

    private readonly List<RarMember> _members = [];
    private bool _isVolume;

    public RarCatalogue Read()
    {
        reader.Position = MarkBytes;
        while (reader.Remaining >= 7)
        {
            var offset = reader.Position;
            var head = item.Source.Peek(offset, 7);
            var (type, flags, size) = (head[2], BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(3)), BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(5)));
            if (size < 7) throw new UnreadableException($"a header of {size} bytes", offset);
            var header = reader.ReadBytes(size);
            if (BinaryPrimitives.ReadUInt16LittleEndian(header) != (ushort)Crc32.HashToUInt32(header.AsSpan(2)) && !HasInnerComment(type, flags)) throw new UnreadableException("a header fails its checksum", offset);
            if (type == 0x73 && (flags & 0x80) != 0) return new(_members, item.Source.Length) { IsEncrypted = true };
            if (type == 0x73) _isVolume = (flags & 1) != 0;
            else if (type == 0x74) File(header, flags, offset);
            else Other(header, type, flags, offset);
            if (type == 0x7b) return new(_members, reader.Position) { IsVolume = _isVolume };
        }

        // Archives of version 2 end with their last member.
        return new(_members, reader.Position) { IsVolume = _isVolume };
    }

    // The checksum of a header with an old comment inside covers only a part of it.
    private static bool HasInnerComment(int type, int flags) => (type == 0x73 && (flags & 2) != 0) || (type == 0x74 && (flags & 8) != 0);

    private void Other(byte[] header, int type, int flags, long offset)
    {
        if ((flags & HasData) == 0) return;
        if (header.Length < 11) throw new UnreadableException("a header that is too short", offset);
        var data = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(7));
        var start = reader.Position;
        reader.Skip(data);
        if (type is not (>= 0x75 and <= 0x7a)) Leftover.Check(item, state, start, data, "in a record that programs skip", LeftoverTolerance.Padding);
        else if (type == 0x7a && header.AsSpan().IndexOf("STM"u8) >= 0) state.Report(CoreRules.HiddenData, item, $"{data} bytes in a stream that lists do not show", offset);
    }

    private void File(byte[] header, int flags, long offset)
    {
        using var source = new MemorySource(header);
        using var values = new SourceReader(source, 7);
        long packed = values.ReadUInt32(), unpacked = values.ReadUInt32();
        var isUnix = values.ReadByte() == 3;
        var checksum = values.ReadUInt32();
        values.Skip(4);
        var version = values.ReadByte();
        var method = values.ReadByte();
        var nameLength = values.ReadUInt16();
        var attributes = values.ReadUInt32();
        if ((flags & 0x100) != 0)
        {
            packed |= (long)values.ReadUInt32() << 32;
            unpacked |= (long)values.ReadUInt32() << 32;
        }

        if (packed < 0 || unpacked < 0 || method is < 0x30 or > 0x35) throw new UnreadableException("sizes or a method that no program knows", offset);
        var name = values.ReadBytes(nameLength);
        var start = reader.Position;
        if (packed > reader.Remaining) throw new UnreadableException($"a member claims {packed} bytes where {reader.Remaining} are left", offset);
        reader.Skip(packed);
        var window = (flags >> 5) & 7;
        _members.Add(new(offset, RarName.Decode(name, (flags & 0x200) != 0).Replace('\\', '/'))
        {
            DataStart = start, PackedBytes = packed, UnpackedBytes = unpacked, Checksum = checksum, IsStored = method == 0x30, IsEncrypted = (flags & 4) != 0, IsSplit = (flags & 3) != 0,
            IsFolder = window == 7, DictionaryBytes = method == 0x30 ? 0 : DecoderBytes(item.Source.Peek(start, 2), version), Mode = isUnix ? (int)(attributes & 0xffff) : 0,
        });
    }

    // From version 2.9 on a stream may begin with the model for texts, and with how many megabytes that takes (unrar, model.cpp: DecodeInit).
    private static long DecoderBytes(byte[] stream, int version) =>
        version >= 29 && stream is [>= 0x80 and var flags, var megabytes] && (flags & 0x20) != 0 ? (megabytes + 1L) << 20 : 4 << 20;
}
