using System.Buffers.Binary;
using static CivitaiDownloader.Tests.Scanning.Samples.PickleBytes;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class CheckpointSamples
{
    private static readonly byte[] Magic = [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    public static IEnumerable<Sample> All =>
    [
        new("checkpoint-storage", "missing.pt", Zip(StateDict(Tensor("0", 4, 0, 4)))),
        new("checkpoint-storage", "short.pt", Zip(StateDict(Tensor("0", 4, 0, 4)), ("0", new byte[12]))),
        new("checkpoint-storage", "old-short.pt", Legacy(4)[..^4]),
        new("checkpoint-storage", "no-storage.pt", Zip(Of(Proto(2), Text("x"), "Q", Stop))),
        new("checkpoint-storage", "two-sizes.pt", Zip(Of(Proto(2), "]", Tensor("0", 4, 0, 4), "a", Tensor("0", 8, 0, 4), "a", Stop), ("0", new byte[16]))),
        new("checkpoint-view", "beyond.pt", Zip(StateDict(Tensor("0", 4, 1, 4)), ("0", new byte[16]))),
        new("checkpoint-view", "negative.pt", Zip(StateDict(Tensor("0", 4, -1, 4)), ("0", new byte[16]))),
        new("checkpoint-view", "offset-in-the-memo.pt", Zip(Of(Proto(2), new byte[] { 0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 2 }, "q\u00050}", Text("weight"), Global("torch._utils", "_rebuild_tensor_v2"), View(Of("h\u0005")), "Rs", Stop), ("0", new byte[16]))),
        new("checkpoint-view", "rebuilt-by-another-function.pt", Zip(StateDict(Of(Global("torch._tensor", "_rebuild_from_type_v2"), "(", Global("torch._utils", "_rebuild_tensor_v2"), Global("torch", "Tensor"), View(Int(9)), "}tR")), ("0", new byte[16]))),
        new("checkpoint-view", "type-is-no-type.pt", Zip(StateDict(Of(Global("torch._utils", "_rebuild_tensor_v3"), View(Int(0), "UntypedStorage"), "R")), ("0", new byte[4]))),
        new("checkpoint-torchscript", "script.pt", ZipBytes.Of(("m/data.pkl", Of(Proto(2), "]", Stop)), ("m/code/a.txt", "a text that stands for code\n"u8.ToArray()))),
        new("pickle-dangerous-import", "payload.pt", Zip(Call("os", "system", "echo"))),
        new("pickle-dangerous-import", "payload-elsewhere.pt", ZipBytes.Of(("m/data.pkl", Of(Proto(2), "]", Stop)), ("m/notes.txt", Call("os", "system", "echo")))),
        new("pickle-dangerous-import", "payload-in-unreferenced-data.pt", Zip(Of(Proto(2), "]", Stop), ("9", Call("os", "system", "echo")))),
        new("pickle-dangerous-import", "magic-is-computed.pt", Of(Proto(2), Global("builtins", "eval"), Text("1"), new byte[] { 0x85 }, "R", Stop, Legacy(1)[Magic.Length..^13])),
        new("hidden-data", "old-tail.pt", [.. Legacy(2), 1, 2, 3]),
        new("hidden-file", "storage-is-a-program.pt", Zip(StateDict(Tensor("0", 32, 0, 32)), ("0", ProgramBytes()))),

        new(null, "new.pt", Zip(StateDict(Tensor("0", 4, 0, 4)), ("0", new byte[16]))),
        new(null, "half.ckpt", Zip(StateDict(Tensor("0", 4, 0, 4, "HalfStorage")), ("0", new byte[8]))),
        new(null, "old.pt", Legacy(4)),
        new(null, "old-framed.pt", [0x80, 4, 0x95, 13, 0, 0, 0, 0, 0, 0, 0, .. Legacy(4)[2..]]),
        new(null, "packed-anew.pt", new ZipBytes().Add(new("m/data.pkl", StateDict(Tensor("0", 4, 0, 4)))).Add(new("m/data/0", new byte[16]) { IsDeflated = true }).Build()),
    ];

    /// <summary>What follows where reading stops is looked into as well, so that another rule speaks beside this one.</summary>
    public static IEnumerable<Sample> BrokenInTheMiddle =>
    [
        new("checkpoint-storage", "old-other-count.pt", With(Legacy(4), from: ^24, 3)),
        new("checkpoint-storage", "old-other-key.pt", With(Legacy(4), from: ^27, (byte)'8')),
    ];

    public static byte[] Zip(byte[] pickle, params (string Key, byte[] Bytes)[] storages) =>
        ZipBytes.Of([("model/data.pkl", pickle), ("model/byteorder", "little"u8.ToArray()), .. storages.Select(storage => ($"model/data/{storage.Key}", storage.Bytes)), ("model/version", "3\n"u8.ToArray())]);

    private static byte[] With(byte[] bytes, Index from, byte value)
    {
        bytes[from] = value;
        return bytes;
    }

    /// <summary>The layout before 1.6, of one tensor.</summary>
    public static byte[] Legacy(int elements)
    {
        var count = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(count, elements);
        return Of(Magic, Proto(2), "M\u00e9\u0003", Stop, Proto(2), "}", Text("little_endian"), new byte[] { 0x88 }, "s", Stop, StateDict(Tensor("7", elements, 0, elements)), Proto(2), "]", Text("7"), "a", Stop, count, new byte[4 * elements]);
    }

    /// <summary>The arguments of a rebuild function: one element of storage 0, which has four.</summary>
    private static byte[] View(byte[] offset, string type = "FloatStorage") =>
        Of("((", Text("storage"), Global("torch", type), Text("0"), Text("cpu"), Int(4), "tQ", offset, Int(1), new byte[] { 0x85 }, Int(1), new byte[] { 0x85, 0x89 }, "NNt");

    private static byte[] ProgramBytes()
    {
        var elf = new byte[128];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(elf, 0);
        (elf[16], elf[18], elf[20], elf[52], elf[54]) = (2, 62, 1, 64, 56);
        return elf;
    }
}
