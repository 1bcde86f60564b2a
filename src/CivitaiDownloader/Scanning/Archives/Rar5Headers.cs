using System.IO.Hashing;
using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Reads the headers of RAR 5 archives (RAR 5.0 archive format, rarlab.com/technote.htm).</summary>
internal sealed class Rar5Headers(ScanItem item, ScanState state, SourceReader reader)
{
    private const int MarkBytes = 8, LongestHeader = 2 * 1024 * 1024;

    private readonly List<RarMember> _members = [];
    private bool _isVolume;

    public RarCatalogue Read()
    {
        reader.Position = MarkBytes;
        while (reader.Remaining > 0)
        {
            var offset = reader.Position;
            var checksum = reader.ReadUInt32();
            var sizeAt = reader.Position;
            var size = Number(reader);
            if (size is < 2 or > LongestHeader) throw new UnreadableException($"a header of {size} bytes", offset);
            var start = reader.Position;
            reader.Skip(size);
            using var header = item.Source.Slice(start, size);
            if (Crc32.HashToUInt32(item.Source.Peek(sizeAt, (int)(reader.Position - sizeAt))) != checksum) throw new UnreadableException("a header fails its checksum", offset);
            using var values = new SourceReader(header);
            switch (Block(values, offset))
            {
                case 4:
                    return new(_members, item.Source.Length) { IsEncrypted = true };
                case 5:
                    return new(_members, reader.Position) { IsVolume = _isVolume };
            }
        }

        throw new UnreadableException("the archive has no end: it was cut off", reader.Position);
    }

    private long Block(SourceReader values, long offset)
    {
        var type = Number(values);
        var flags = Number(values);
        var extra = (flags & 1) != 0 ? Number(values) : 0;
        var data = (flags & 2) != 0 ? Number(values) : 0;
        if (extra > values.Remaining) throw new UnreadableException("an extra area longer than its header", offset);
        var start = reader.Position;
        if (data > reader.Remaining) throw new UnreadableException($"a member claims {data} bytes where {reader.Remaining} are left", offset);
        reader.Skip(data);
        if (type == 1) _isVolume |= (Number(values) & 1) != 0;
        else if (type is 2 or 3) Member(values, type == 2, new(offset, "") { DataStart = start, PackedBytes = data, IsSplit = (flags & 0x18) != 0 }, extra);
        else if (type is not (4 or 5)) Leftover.Check(item, state, start, data, "in a record that programs skip", LeftoverTolerance.Padding);
        return type;
    }

    private void Member(SourceReader values, bool isFile, RarMember member, long extra)
    {
        var flags = Number(values);
        var unpacked = Number(values);
        var attributes = Number(values);
        if ((flags & 2) != 0) values.Skip(4);
        uint? checksum = (flags & 4) != 0 ? values.ReadUInt32() : null;
        var compression = Number(values);
        var isUnix = Number(values) == 1;
        var length = Number(values);
        var name = Encoding.UTF8.GetString(values.ReadBytes(length));
        if (values.Remaining < extra) throw new UnreadableException("an extra area longer than its header", member.Offset);
        values.Position = values.Length - extra;
        if ((compression & 0x3f) > 1) throw new UnreadableException("a method that no program knows", member.Offset);
        member = member with
        {
            Name = name, UnpackedBytes = (flags & 8) != 0 ? null : unpacked, Checksum = checksum, IsFolder = (flags & 1) != 0, IsStored = ((compression >> 7) & 7) == 0,
            DictionaryBytes = (128L * 1024) << (int)((compression >> 10) & ((compression & 0x3f) == 0 ? 0xf : 0x1f)), Mode = isUnix ? (int)(attributes & 0xffff) : 0,
        };
        member = Extras(values, member);
        if (isFile) _members.Add(member);
        else Service(member);
    }

    private static RarMember Extras(SourceReader values, RarMember member)
    {
        while (values.Remaining > 0)
        {
            var size = Number(values);
            var end = values.Position + size;
            if (size > values.Remaining) throw new UnreadableException("an extra record longer than its area", member.Offset);
            var type = Number(values);
            if (type == 1) member = member with { IsEncrypted = true };
            if (type == 5) member = Redirection(values, member);
            values.Position = end;
        }

        return member;
    }

    // 1 to 3 are links and junctions, 4 is a hard link, 5 a copy of another member.
    private static RarMember Redirection(SourceReader values, RarMember member)
    {
        var type = Number(values);
        Number(values);
        return member with { Target = Encoding.UTF8.GetString(values.ReadBytes(Number(values))), IsHardLink = type is 4 or 5 };
    }

    // Comments, recovery records and a copy of the headers accompany an archive; a stream of a file is content that lists do not show.
    private void Service(RarMember member)
    {
        if (member.Name is "CMT" or "QO" or "RR" or "ACL") return;
        state.Report(CoreRules.HiddenData, item, $"{member.PackedBytes} bytes in a record {MemberNames.Shown(member.Name)} that lists do not show", member.Offset);
    }

    private static long Number(SourceReader values)
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = values.ReadByte();
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        throw new UnreadableException("a number without an end", values.Position);
    }
}
