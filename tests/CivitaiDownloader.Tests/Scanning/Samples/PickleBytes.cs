using System.Buffers.Binary;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Puts pickles together opcode by opcode.</summary>
internal static class PickleBytes
{
    public const string Stop = ".";

    public static byte[] Of(params object[] parts)
    {
        var bytes = new List<byte>();
        foreach (var part in parts)
        {
            if (part is byte[] raw) bytes.AddRange(raw);
            else if (part is byte one) bytes.Add(one);
            else bytes.AddRange(Encoding.Latin1.GetBytes((string)part));
        }

        return [.. bytes];
    }

    public static byte[] Proto(byte version) => [0x80, version];

    public static byte[] Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return [(byte)'X', .. length, .. utf8];
    }

    public static byte[] Bytes(byte[] bytes)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return [(byte)'B', .. length, .. bytes];
    }

    public static byte[] Int(int value)
    {
        var bytes = new byte[5];
        bytes[0] = (byte)'J';
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    public static byte[] Global(string module, string name) => Encoding.UTF8.GetBytes($"c{module}\n{name}\n");

    public static byte[] StackGlobal(string module, string name) => [.. Text(module), .. Text(name), 0x93];

    /// <summary>A call of an imported name with one text.</summary>
    public static byte[] Call(string module, string name, string argument) => Of(Proto(2), Global(module, name), Text(argument), new byte[] { 0x85 }, "R", Stop);

    /// <summary>A tensor of one float over storage <paramref name="key"/>, as the rebuild function is given it.</summary>
    public static byte[] Tensor(string key, int elements, int offset, int size, string type = "FloatStorage") => Of(
        Global("torch._utils", "_rebuild_tensor_v2"), "((", Text("storage"), Global("torch", type), Text(key), Text("cpu"), Int(elements), "tQ", Int(offset), Int(size), new byte[] { 0x85 }, Int(1), new byte[] { 0x85, 0x89 }, Global("collections", "OrderedDict"), ")Rt", "R");

    /// <summary>The pickle of a checkpoint that holds <paramref name="tensor"/>.</summary>
    public static byte[] StateDict(byte[] tensor) => Of(Proto(2), "}", Text("weight"), tensor, "s", Stop);
}
