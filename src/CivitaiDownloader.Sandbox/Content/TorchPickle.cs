using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CivitaiDownloader.Sandbox.Content;

/// <summary>
/// Pickles of protocol 2 as <c>torch.save</c> writes them (opcodes: CPython's <c>pickletools</c>). They call what rebuilds a tensor and nothing else.
/// One tensor of 32-bit floats, whose bytes are the archive's <c>data/0</c>.
/// </summary>
internal sealed class TorchPickle
{
    private readonly ArrayBufferWriter<byte> _pickle = new();

    /// <summary><c>OrderedDict([(name, tensor)])</c>.</summary>
    public byte[] StateDictionary(string tensorName, int values)
    {
        Raw([0x80, 2]);
        Raw("ccollections\nOrderedDict\n)R("u8);
        Text(tensorName);
        Tensor(values);
        Raw("u."u8);
        return _pickle.WrittenSpan.ToArray();
    }

    /// <summary><c>{'string_to_token': {'*': 265}, 'string_to_param': {'*': tensor}, 'name': name, 'step': 500}</c>.</summary>
    public byte[] Embedding(string name, int values)
    {
        Raw([0x80, 2]);
        Raw("}("u8);
        Text("string_to_token");
        Raw("}"u8);
        Text("*");
        Number(265);
        Raw("s"u8);
        Text("string_to_param");
        Raw("}"u8);
        Text("*");
        Tensor(values);
        Raw("s"u8);
        Text("name");
        Text(name);
        Text("step");
        Number(500);
        Raw("u."u8);
        return _pickle.WrittenSpan.ToArray();
    }

    // torch._utils._rebuild_tensor_v2(storage, 0, (values,), (1,), False, OrderedDict()).
    private void Tensor(int values)
    {
        Raw("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
        Text("storage");
        Raw("ctorch\nFloatStorage\n"u8);
        Text("0");
        Text("cpu");
        Number(values);
        Raw("tQK\0"u8);
        Number(values);
        Raw([0x85, (byte)'K', 1, 0x85, 0x89]);
        Raw("ccollections\nOrderedDict\n)RtR"u8);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _pickle.Write(bytes);

    private void Text(string text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(text));
        Raw("X"u8);
        Raw(length);
        Raw(Encoding.UTF8.GetBytes(text));
    }

    private void Number(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Raw("J"u8);
        Raw(bytes);
    }
}
