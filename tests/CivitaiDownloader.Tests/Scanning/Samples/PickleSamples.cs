using System.IO.Compression;
using static CivitaiDownloader.Tests.Scanning.Samples.PickleBytes;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class PickleSamples
{
    public static IEnumerable<Sample> All =>
    [
        .. Imports, .. Opcodes, .. Loaders, .. Arguments, .. JoblibSamples.All, .. Harmless,
    ];

    private static IEnumerable<Sample> Imports =>
    [
        new("pickle-dangerous-import", "reduce.pkl", Call("os", "system", "echo hello")),
        new("pickle-dangerous-import", "inst.pkl", Of("(", Text("echo hello"), "iposix\nsystem\n", Stop)),
        new("pickle-dangerous-import", "obj.pkl", Of("(", Global("subprocess", "Popen"), Text("echo"), "o0N", Stop)),
        new("pickle-dangerous-import", "newobj.pkl", Of(Proto(2), Global("code", "InteractiveConsole"), ")", new byte[] { 0x81 }, Stop)),
        new("pickle-dangerous-import", "newobj-ex.pkl", Of(Proto(4), StackGlobal("bdb", "Bdb"), ")}", new byte[] { 0x92 }, Stop)),
        new("pickle-dangerous-import", "dropped.pkl", Of(Proto(2), Global("builtins", "print"), "0N", Stop)),
        new("pickle-dangerous-import", "memo.pkl", Of(Proto(4), Text("os"), "q\u0005", Text("collections"), "q\u0005", Text("os"), "q\u0006", "00", "0h\u0006", Text("getcwd"), new byte[] { 0x93 }, ")R", Stop)),
        new("pickle-dangerous-import", "second.pkl", Of(Proto(2), "N", Stop, Call("shutil", "rmtree", "x"))),
        new("pickle-dangerous-import", "breaks-off.pkl", Of(Proto(2), Global("runpy", "run_path"), Text("x"), new byte[] { 0x85 }, "R")[..^0]),
        new("pickle-dangerous-import", "hexadecimal.pkl", Of("I0x10\n0", Global("pty", "spawn"), Text("x"), new byte[] { 0x85 }, "R", Stop)),
        new("pickle-dangerous-import", "octal.pkl", Of("I017\n0", Global("nt", "system"), "(", Text("x"), "tR", Stop)),
        new("pickle-dangerous-import", "quoted.pkl", Of("S'o\\x73'\n", "S'system'\n", new byte[] { 0x93 }, "(S'echo'\ntR", Stop)),
        new("pickle-dangerous-import", "letters.txt", Of(Global("os", "popen"), "(S'echo'\ntR", Stop)),
        new("pickle-dangerous-import", "torch-load.pkl", Call("torch", "load", "x")),
        new("pickle-dangerous-import", "verb.pkl", Call("some.package", "run_command", "echo")),
        new("pickle-unknown-import", "class.pkl", Of(Proto(2), Global("model.nets", "Net"), ")", new byte[] { 0x81 }, "}b", Stop)),
        new("pickle-unknown-import", "main.pkl", Of(Proto(2), Global("__main__", "Settings"), ")", new byte[] { 0x81 }, Stop)),
        new("pickle-dotted-name", "dotted.pkl", Of(Proto(4), StackGlobal("collections", "OrderedDict.fromkeys"), ")R", Stop)),
        new("pickle-computed-name", "computed.pkl", Of(Proto(4), Global("builtins", "str"), Text("os"), new byte[] { 0x85 }, "R", Text("system"), new byte[] { 0x93 }, Stop)),
        new("pickle-extension-code", "extension.pkl", Of(Proto(2), new byte[] { 0x82, 7 }, Stop)),
    ];

    private static IEnumerable<Sample> Opcodes =>
    [
        new("pickle-persistent-id", "persistent.pkl", Of("Pobject one\n.")),
        new("pickle-persistent-id", "persistent-binary.pkl", Of(Proto(2), Text("one"), "Q", Stop)),
        new("pickle-persistent-id", "buffer.pkl", Of(Proto(5), new byte[] { 0x97 }, Stop)),
        new("pickle-odd-call", "calls-a-result.pkl", Of(Proto(2), Global("collections", "OrderedDict"), ")R)R", Stop)),
        new("pickle-odd-call", "calls-text.pkl", Of(Proto(2), Text("x"), ")R", Stop)),
        new("pickle-changes-import", "build.pkl", Of(Proto(2), Global("collections", "OrderedDict"), "}", Text("fromkeys"), "Nsb", Stop)),
        new("pickle-changes-import", "item.pkl", Of(Proto(2), Global("collections", "Counter"), "NNs", Stop)),
        new("pickle-odd-target", "state-of-a-list.pkl", Of(Proto(2), "]}b", Stop)),
        new("pickle-odd-target", "items-of-a-tuple.pkl", Of(Proto(2), ")Na", Stop)),
        new("pickle-odd-target", "items-of-a-number.pkl", Of(Proto(2), Global("builtins", "int"), ")R", "NNs", Stop)),
        new("pickle-nested", "bytes.pkl", Of(Proto(3), Bytes(Of(Proto(2), "]K\u0001a", Stop)), Stop)),
        new("pickle-nested", "zip.pkl", Of(Proto(3), Bytes(ZipBytes.Of(("a.txt", "text"u8.ToArray()))), Stop)),
        new("pickle-nested", "encoded.pkl", Of(Proto(2), Global("_codecs", "encode"), Text("\u0080\u0002]N\u0061."), Text("latin1"), new byte[] { 0x86 }, "R", Stop)),
        new("pickle-memory-claim", "memo.pkl", Of(Proto(2), "Nr\u00ff\u00ff\u00ff\u007f", Stop)),
        new("pickle-doubling-bomb", "doubling.pkl", Of([Proto(2), "]", .. Enumerable.Repeat<object>(new byte[] { (byte)'2', 0x86 }, 60), Stop])),
        new("pickle-doubling-bomb", "doubling-lists.pkl", Of([Proto(2), "]q\0", .. Enumerable.Range(1, 60).Select(object (level) => new byte[] { (byte)'0', (byte)']', (byte)'q', (byte)level, (byte)'(', (byte)'h', (byte)(level - 1), (byte)'h', (byte)(level - 1), (byte)'e' }), Stop])),
        new("pickle-doubling-bomb", "doubling-instances.pkl", Of([Proto(2), Global("collections", "OrderedDict"), "q\u00ff0h\u00ff)Rq\0", .. Enumerable.Range(1, 60).Select(object (level) => Of("0h\u00ff)Rq", (byte)level, "(K\u0001h", (byte)(level - 1), "K\u0002h", (byte)(level - 1), "u")), Stop])),
        new("unreadable", "underflow.pkl", Of(Proto(2), "K\u0001a", Stop)),
        new("unreadable", "no-stop.pkl", Of(Proto(2), "K\u0001")),
        new("unreadable", "no-opcode.pkl", Of(Proto(2), "K\u0001", new byte[] { 0xff }, Stop)),
        new("unreadable", "no-memo.pkl", Of(Proto(2), "h\u0007", Stop)),
        new("unreadable", "protocol-9.pkl", Of(Proto(9), "]", Stop)),
        new("unreadable", "straddle.pkl", Of(Proto(4), new byte[] { 0x95, 3, 0, 0, 0, 0, 0, 0, 0 }, Text("longer than its frame"), Stop)),
        new("unreadable", "frame-beyond-end.pkl", Of(Proto(4), new byte[] { 0x95, 0xff, 0, 0, 0, 0, 0, 0, 0 }, "N", Stop)),
        new("unreadable", "length-of-a-terabyte.pkl", Of(Proto(4), new byte[] { 0x8e, 0, 0, 0, 0, 0, 1, 0, 0 }, Stop)),
        new("limit-reached", "values.pkl", Of([Proto(2), .. Enumerable.Repeat<object>("]", 600_000), Stop])),
        new("hidden-data", "trailing.pkl", Of(Proto(2), "N", Stop, new byte[] { 0xff, 0xfe, 0xfd })),
        new("hidden-file", "trailing-zip.pkl", Of(Proto(2), "N", Stop, "xx", ZipBytes.Of(("a.pkl", Of(Proto(2), "N", Stop)))[..^30])),
    ];

    // A payload without a mark, which nothing takes for a pickle but what reads it as one.
    private static readonly byte[] Unmarked = Of(new byte[] { 0x8c, 2 }, "os", new byte[] { 0x8c, 6 }, "system", new byte[] { 0x93, 0x8c, 4 }, "echo", new byte[] { 0x85 }, "R", Stop);

    private static readonly byte[] Loader = Global("torch.storage", "_load_from_bytes");

    private static IEnumerable<Sample> Loaders =>
    [
        new("pickle-dangerous-import", "loaded-unmarked.pkl", Of(Proto(2), Loader, Bytes(Unmarked), new byte[] { 0x85 }, "R", Stop)),
        new("pickle-dangerous-import", "loaded-broken.pkl", Of(Proto(2), Loader, Bytes(Of(Global("os", "system"), "(S'echo'\ntR0")), new byte[] { 0x85 }, "R", Stop)),
        new("pickle-dangerous-import", "loaded-encoded.pkl", Of(Proto(2), Loader, Global("_codecs", "encode"), Text(System.Text.Encoding.Latin1.GetString(Unmarked)), Text("latin1"), new byte[] { 0x86 }, "R", new byte[] { 0x85 }, "R", Stop)),
        new("pickle-dangerous-import", "loaded-by-another-function.pkl", Of(Proto(2), Global("numpy.random._pickle", "__generator_ctor"), Bytes(Unmarked), Loader, new byte[] { 0x86 }, "R", Stop)),
        new("pickle-dangerous-import", "loaded-as-second-pickle.pkl", Of(Proto(2), Loader, Bytes([.. "L5L\n."u8, .. Unmarked]), new byte[] { 0x85 }, "R", Stop)),
        new("pickle-dangerous-import", "loaded-computed.pkl", Of(Proto(2), Loader, Global("_codecs", "encode"), Text("\u6f63\u0a73"), Text("utf-16-le"), new byte[] { 0x86 }, "R", new byte[] { 0x85 }, "R", Stop)),
        new("pickle-nested", "loaded-unknown.pkl", Of(Proto(2), Loader, Bytes(Of(StackGlobal("mypackage", "Net"), ")R", Stop)), new byte[] { 0x85 }, "R", Stop)),
    ];

    private static IEnumerable<Sample> Arguments =>
    [
        new("pickle-odd-call", "other-encoding.pkl", Of(Proto(2), Global("_codecs", "encode"), Text("text"), Text("utf-16-le"), new byte[] { 0x86 }, "R", Stop)),
        new("pickle-nested", "bytearray.pkl", Of(Proto(2), Global("builtins", "bytearray"), Text("\u0080\u0002]N\u0061."), Text("latin-1"), new byte[] { 0x86 }, "R", Stop)),
        new("pickle-memory-claim", "bytearray-of-gigabytes.pkl", Of(Proto(2), Global("builtins", "bytearray"), Int(int.MaxValue), new byte[] { 0x85 }, "R", Stop)),
        new("pickle-memory-claim", "array-of-gigabytes.pkl", Of(Proto(2), Global("numpy", "ndarray"), Int(int.MaxValue), new byte[] { 0x85, 0x85 }, "R", Stop)),
        new("pickle-memory-claim", "layer-of-gigabytes.pkl", Of(Proto(2), Global("torch.nn.modules.linear", "Linear"), Int(int.MaxValue), Int(int.MaxValue), new byte[] { 0x86 }, "R", Stop)),
        new("pickle-memory-claim", "written-out-range.pkl", Of(Proto(2), Global("builtins", "list"), Global("builtins", "range"), Int(int.MaxValue), new byte[] { 0x85 }, "R", new byte[] { 0x85 }, "R", Stop)),
        new("pickle-memory-claim", "power.pkl", Of(Proto(2), Global("fractions", "Fraction"), Text("1e999999999"), new byte[] { 0x85 }, "R", Stop)),
        new("pickle-odd-target", "own-setstate.pkl", Of(Proto(2), Global("collections", "OrderedDict"), ")R}", Text("__setstate__"), Global("builtins", "list"), "sb", Stop)),
        new("pickle-odd-target", "slots.pkl", Of(Proto(2), Global("argparse", "Namespace"), ")", new byte[] { 0x81 }, "N}", Text("__class__"), "Ns", new byte[] { 0x86 }, "b", Stop)),
        new("pickle-dangerous-import", "reads-a-table.pkl", Call("numpy", "fromfile", "x")),
        new(null, "slice-of-bytes.pkl", Of(Proto(2), Global("__builtin__", "bytearray"), Text("abc"), Text("latin-1"), new byte[] { 0x86 }, "R", Stop)),
        new(null, "activation.pkl", Of(Proto(2), Global("torch.nn.functional", "relu"), Stop)),
        new(null, "old-containers.pkl", Of(Proto(2), Global("UserDict", "IterableUserDict"), ")", new byte[] { 0x81 }, "}b0", Global("UserString", "UserString"), Stop)),
    ];

    private static IEnumerable<Sample> Harmless =>
    [
        new(null, "plain-0.pkl", Of("(dp0\nS'key'\np1\nI1\nsS'other'\np2\n(lp3\nL5L\naF0.5\naI01\nas", Stop)),
        new(null, "plain-2.pkl", Of(Proto(2), "}q\0(", Text("key"), "q\u0001K\u0001", Text("other"), "]q\u0002(K\u0005G\u003f\u00e0\0\0\0\0\0\0", new byte[] { 0x88 }, "eu", Stop)),
        new(null, "plain-4.pkl", Of(Proto(4), new byte[] { 0x95, 12, 0, 0, 0, 0, 0, 0, 0, (byte)'}', 0x94, 0x8c, 3, (byte)'k', (byte)'e', (byte)'y', 0x94, (byte)'K', 1, (byte)'s', (byte)'.' })),
        new(null, "two.pkl", Of(Proto(2), "N", Stop, Proto(2), "]", Stop)),
        new(null, "ordered.pkl", Of(Proto(2), Global("collections", "OrderedDict"), ")R(", Text("a"), "K\u0001u", Stop)),
        new(null, "old-names.pkl", Of(Proto(2), Global("__builtin__", "set"), "](K\u0001K\u0002e", new byte[] { 0x85 }, "R", Stop)),
        new(null, "array.pkl", Of(Proto(3), Global("numpy.core.multiarray", "_reconstruct"), Global("numpy", "ndarray"), "K\0", new byte[] { 0x85 }, Bytes("b"u8.ToArray()), new byte[] { 0x87 }, "R(K\u0001K\u0001", new byte[] { 0x85 }, Global("numpy", "dtype"), Text("f8"), new byte[] { 0x89, 0x88, 0x87 }, "R", new byte[] { 0x89 }, Bytes(new byte[8]), "tb", Stop)),
        new(null, "tensor.pkl", Of(Proto(2), Global("torch.storage", "_load_from_bytes"), Bytes(CheckpointSamples.Legacy(2)), new byte[] { 0x85 }, "R", Stop)),
        new(null, "itself.pkl", Of(Proto(2), "]q\0h\0a", Stop)),
        new(null, "attack-as-text.pkl", Of(Proto(2), Text("cos\nsystem\n(S'echo'\ntR."), Stop)),
        new(null, "looks-like-gzip.pkl", Of(Proto(3), Bytes([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), Stop)),
        new(null, "million.pkl", Of([Proto(2), "(", .. Enumerable.Repeat<object>("K\u0001", 1_000_000), "t", Stop])),
    ];
}
