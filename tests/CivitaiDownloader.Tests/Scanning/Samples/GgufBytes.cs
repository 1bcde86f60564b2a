using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Writes GGUF files: keys, tensors, padding, data.</summary>
internal sealed class GgufBytes
{
    private readonly MemoryStream _pairs = new(), _tensors = new();
    private long _pairCount, _tensorCount, _data;

    public uint Version { get; init; } = 3;

    public int Alignment { get; init; } = 32;

    public static byte[] Text(string text) => [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public GgufBytes Pair(string key, uint type, byte[] value)
    {
        _pairs.Write([.. Text(key), .. BitConverter.GetBytes(type), .. value]);
        _pairCount++;
        return this;
    }

    public GgufBytes Pair(string key, string value) => Pair(key, 8, Text(value));

    public GgufBytes Tensor(string name, int type, long bytes, params long[] dimensions)
    {
        _tensors.Write([.. Text(name), .. BitConverter.GetBytes(dimensions.Length), .. dimensions.SelectMany(BitConverter.GetBytes), .. BitConverter.GetBytes(type), .. BitConverter.GetBytes(_data)]);
        (_data, _tensorCount) = (_data + bytes + ((Alignment - (bytes % Alignment)) % Alignment), _tensorCount + 1);
        return this;
    }

    public byte[] Whole()
    {
        byte[] head = [.. "GGUF"u8, .. BitConverter.GetBytes(Version), .. BitConverter.GetBytes(_tensorCount), .. BitConverter.GetBytes(_pairCount), .. _pairs.ToArray(), .. _tensors.ToArray()];
        var padding = _tensorCount == 0 ? 0 : (Alignment - (head.Length % Alignment)) % Alignment;
        return [.. head, .. new byte[padding + _data]];
    }
}
