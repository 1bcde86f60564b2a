using static CivitaiDownloader.Tests.Scanning.Samples.PickleBytes;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Pickles of joblib, which writes an array's numbers right behind its description.</summary>
internal static class JoblibSamples
{
    private static readonly byte[] Minus = Int(-1);

    private static readonly byte[] Payload = Of(Global("os", "system"), "(S'echo'\ntR0");

    public static IEnumerable<Sample> All =>
    [
        new("pickle-dangerous-import", "array-of-objects.joblib", Joblib(Type("O8", Minus, 63), 1, Call("os", "system", "echo"))),
        new("pickle-dangerous-import", "field-of-objects.joblib", Joblib(Type("V8", Int(8), 27), 3, [.. Call("os", "system", "echo"), .. new byte[24]])),
        new("pickle-dangerous-import", "numbers-are-opcodes.joblib", Joblib(Type("f8", Minus, 0), 8, Padded(Payload, 64))),
        new("unreadable", "other-size.joblib", Joblib(Type("V64", Int(8), 0), 1, Padded([], 64))),
        new("unreadable", "alignment-is-true.joblib", Joblib(Type("f8", Minus, 0), 1, new byte[9], [.. Text("numpy_array_alignment_bytes"), 0x88, (byte)'s'])),
        new("unreadable", "made-by-reconstructor.joblib", Of(Proto(3), Global("copyreg", "_reconstructor"), Global("joblib.numpy_pickle", "NumpyArrayWrapper"), Global("builtins", "object"), "N", new byte[] { 0x87 }, "R}b", Stop)),
        new("unreadable", "too-many-entries.joblib", Joblib(Type("f8", Minus, 0), 1, new byte[8], [.. Enumerable.Range(0, 20).SelectMany(entry => Of(Int(entry), "Ns"))])),
        new("pickle-odd-call", "made-with-arguments.joblib", Of(Proto(3), Global("joblib.numpy_pickle", "NumpyArrayWrapper"), "K\u0001", new byte[] { 0x85 }, "R", Stop)),

        new(null, "numbers.joblib", Joblib(Type("f8", Minus, 0), 3, new byte[24])),
        new(null, "last-shape-counts.joblib", Joblib(Type("f8", Minus, 0), 3, new byte[8], [.. Text("shape"), .. Int(1), 0x85, (byte)'s'])),
        new("unreadable", "shape-set-from-elsewhere.joblib", Joblib(Type("f8", Minus, 0), 3, new byte[24], [.. Of("q\u000500h\u0005", Text("shape"), Int(1), new byte[] { 0x85 }, "s")], "2")),
        new(null, "texts.joblib", Joblib(Type("U3", Int(12), 8), 2, new byte[24])),
        new(null, "objects.joblib", Joblib(Type("O8", Minus, 63), 1, Of(Proto(2), "]K\u0001a", Stop))),
        new(null, "record-of-objects.joblib", Joblib(Type("V16", Int(16), 27), 1, Of(Proto(2), "]K\u0001a", Stop))),
    ];

    private static byte[] Type(string notation, byte[] size, byte flags) =>
        Of(Global("numpy", "dtype"), Text(notation), new byte[] { 0x89, 0x88, 0x87 }, "R(K\u0003", Text("|"), "NNN", size, Minus, new byte[] { (byte)'K', flags }, "tb");

    private static byte[] Joblib(byte[] type, int length, byte[] numbers, byte[]? more = null, string before = "") =>
        Of(Proto(3), Global("joblib.numpy_pickle", "NumpyArrayWrapper"), ")", new byte[] { 0x81 }, "}", before, Text("dtype"), type, "s", Text("shape"), Int(length), new byte[] { 0x85 }, "s", more ?? [], "b", numbers, Stop);

    private static byte[] Padded(byte[] bytes, int length) => [.. bytes, .. new byte[length - bytes.Length]];
}
