namespace CivitaiDownloader.Scanning.Protobuf;

/// <summary>The ways a field's value is written (protocol buffers encoding, "Message Structure"); groups are refused.</summary>
internal enum ProtobufWire
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>One field: its number, where its value lies, and the value itself when it is a number.</summary>
internal readonly record struct ProtobufField(int Number, ProtobufWire Wire, long At, long Start, long End, ulong Value)
{
    public long Length => End - Start;

    public bool IsBytes(int number) => Number == number && Wire == ProtobufWire.Bytes;
}
