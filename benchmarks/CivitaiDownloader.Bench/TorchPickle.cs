using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Bench;

/// <summary>The pickles in a checkpoint, opcode by opcode (protocol 2, as torch.save has it).</summary>
internal sealed class TorchPickle
{
    private readonly List<byte> _code = [];

    public byte[] ToArray() => [.. _code];

    /// <summary>A dictionary of tensors of halves, each over a storage of its own.</summary>
    public TorchPickle StateDict(int tensors, long halves, bool isLegacy)
    {
        Raw("\u0080\u0002}(");
        for (var key = 0; key < tensors; key++)
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"model.layers.{key / 7}.block.{key % 7}.weight"));
            Raw("ctorch._utils\n_rebuild_tensor_v2\n((");
            Text("storage");
            Raw("ctorch\nHalfStorage\n");
            Text(key.ToString(CultureInfo.InvariantCulture));
            Text("cpu");
            Number(halves);
            Raw(isLegacy ? "NtQ" : "tQ");
            Raw("K\0");
            Number(halves);
            Raw("\u0085K\u0001\u0085\u0089ccollections\nOrderedDict\n)RtR");
        }

        Raw("u.");
        return this;
    }

    /// <summary>The list of storages that follows in the older form.</summary>
    public TorchPickle Keys(int count)
    {
        Raw("\u0080\u0002](");
        for (var key = 0; key < count; key++) Text(key.ToString(CultureInfo.InvariantCulture));
        Raw("e.");
        return this;
    }

    /// <summary>A list of small things, for as many bytes: numbers, short texts, pairs.</summary>
    public static void WriteMany(string path, long bytes)
    {
        using var file = File.Create(path);
        file.Write([0x80, 2, (byte)']']);
        var some = new TorchPickle();
        some.Raw("(");
        for (var number = 0; number < 1000; number++)
        {
            some.Raw("K\u0007M\u0001\u0002");
            some.Text("word");
            some.Raw("K\u0001K\u0002\u0086");
        }

        some.Raw("e");
        var batch = some.ToArray();
        while (file.Length + batch.Length < bytes) file.Write(batch);
        file.WriteByte((byte)'.');
    }

    /// <summary>Magic number, protocol and the machine, a pickle each.</summary>
    public static byte[] LegacyHead()
    {
        var head = new TorchPickle();
        head.Raw("\u0080\u0002\u008A\u000A\u006C\u00FC\u009C\u0046\u00F9\u0020\u006A\u00A8\u0050\u0019.");
        head.Raw("\u0080\u0002M\u00E9\u0003.");
        head.Raw("\u0080\u0002}(");
        head.Text("protocol_version");
        head.Raw("M\u00E9\u0003");
        head.Text("little_endian");
        head.Raw("\u0088");
        head.Text("type_sizes");
        head.Raw("}(");
        foreach (var (name, size) in new[] { ("short", '\u0002'), ("int", '\u0004'), ("long", '\u0004') })
        {
            head.Text(name);
            head.Raw($"K{size}");
        }

        head.Raw("uu.");
        return head.ToArray();
    }

    private void Raw(string code) => _code.AddRange(Encoding.Latin1.GetBytes(code));

    private void Text(string text)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        Raw("X");
        _code.AddRange(length);
        _code.AddRange(Encoding.ASCII.GetBytes(text));
    }

    private void Number(long number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, checked((int)number));
        Raw("J");
        _code.AddRange(bytes);
    }
}
