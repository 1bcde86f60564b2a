using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Protobuf;

/// <summary>Goes through the fields of messages. Every length is held against the message it lies in; values are read only when asked for, so weights never are.</summary>
internal sealed class ProtobufWalker(SourceReader reader, CancellationToken cancellationToken)
{
    private const int MaxDepth = 100, MaxTextBytes = 16 << 20;

    private int _depth, _fields;

    public long Length => reader.Length;

    /// <summary>Calls <paramref name="visit"/> for every field between two places.</summary>
    /// <exception cref="UnreadableException">A length leads out of the message, or the bytes are no fields.</exception>
    public void Walk(long start, long end, Action<ProtobufField> visit)
    {
        if (++_depth > MaxDepth) throw new UnreadableException($"messages more than {MaxDepth} deep", start); // the limit of the reference readers
        for (var at = start; at < end;)
        {
            if ((++_fields & 0xfff) == 0) cancellationToken.ThrowIfCancellationRequested();
            var field = Next(at, end);
            visit(field);
            at = field.End;
        }

        _depth--;
    }

    public void Walk(ProtobufField message, Action<ProtobufField> visit) => Walk(message.Start, message.End, visit);

    public ProtobufField Next(long at, long end)
    {
        reader.Position = at;
        var tag = ReadVarint(end);
        if (tag > uint.MaxValue || tag >> 3 == 0) throw new UnreadableException($"no field begins with {tag}", at);
        var (number, wire) = ((int)(tag >> 3), (ProtobufWire)(tag & 7));
        var value = wire switch
        {
            ProtobufWire.Varint => ReadVarint(end),
            ProtobufWire.Bytes => ReadVarint(end),
            ProtobufWire.Fixed64 => 8UL,
            ProtobufWire.Fixed32 => 4UL,
            _ => throw new UnreadableException($"field {number} is written in a way that is not used ({(int)wire})", at),
        };
        var start = reader.Position;
        if (wire == ProtobufWire.Varint) return new(number, wire, at, start, start, value);
        if (value > (ulong)(end - start)) throw new UnreadableException($"field {number} announces {value} bytes where {end - start} are left", at);
        return new(number, wire, at, start, start + (long)value, 0);
    }

    /// <summary>A text, or as much of it as anything here is compared with.</summary>
    public string Text(ProtobufField field, int most = MaxTextBytes)
    {
        reader.Position = field.Start;
        return Encoding.UTF8.GetString(reader.ReadBytes(Math.Min(field.Length, Math.Min(most, MaxTextBytes))));
    }

    private ulong ReadVarint(long end)
    {
        var at = reader.Position;
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (reader.Position >= end) throw new UnreadableException("a number is cut off", at);
            var next = reader.ReadByte();
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        throw new UnreadableException("a number of more than 64 bits", at);
    }
}
