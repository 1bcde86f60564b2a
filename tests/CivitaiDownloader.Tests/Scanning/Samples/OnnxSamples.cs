using static CivitaiDownloader.Tests.Scanning.Samples.ProtobufBytes;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class OnnxSamples
{
    public static IEnumerable<Sample> All =>
    [
        new(null, "plain.onnx", Model(Node("Relu"))),
        new(null, "no-producer.onnx", [.. Number(1, 8), .. Bytes(7, Node("Relu"), Text(2, "g")), .. Bytes(8, Number(2, 17))]),
        new(null, "microsoft.onnx", Model(Node("FusedConv", Text(7, "com.microsoft")))),
        new(null, "function.onnx", [.. Model(Node("Mine", Text(7, "local"))), .. Bytes(25, Text(1, "Mine"), Text(10, "local"), Bytes(7, Text(4, "Relu")))]),
        new(null, "training.onnx", [.. Model(Node("Relu")), .. Bytes(20, Bytes(2, Node("Relu"), Text(2, "step")))]),
        new("onnx-external-data", "beside.onnx", Model(Bytes(5, External("weights.bin")))),
        new("onnx-external-path", "climbs.onnx", Model(Bytes(5, External("../weights.bin")))),
        new("onnx-external-path", "climbs-within.onnx", Model(Bytes(5, External("a/../../weights.bin")))),
        new("onnx-external-path", "root.onnx", Model(Bytes(5, External("/tmp/weights.bin")))),
        new("onnx-external-path", "drive.onnx", Model(Bytes(5, External("C:weights.bin")))),
        new("onnx-external-path", "backslash.onnx", Model(Bytes(5, External(@"..\weights.bin")))),
        new("onnx-external-path", "in-attribute.onnx", Model(Node("Constant", Bytes(5, Text(1, "value"), Bytes(5, External("../w")))))),
        new("onnx-external-path", "in-subgraph.onnx", Model(Node("If", Bytes(5, Text(1, "then_branch"), Bytes(6, Bytes(5, External("../w"))))))),
        new("onnx-external-path", "in-sparse.onnx", Model(Bytes(15, Bytes(1, External("../w"))))),
        new("onnx-external-path", "in-function.onnx", [.. Model(Node("Relu")), .. Bytes(25, Text(1, "F"), Bytes(7, Text(4, "Constant"), Bytes(5, Bytes(5, External("../w")))))]),
        new("onnx-python-operator", "python.onnx", Model(Node("PyOp", Bytes(5, Text(1, "module"), Text(4, "mine"))))),
        new("onnx-custom-operator", "custom.onnx", Model(Node("Mine", Text(7, "own.operators")))),
        new("onnx-custom-operator", "custom-beside-function.onnx", [.. Model(Node("Theirs", Text(7, "local"))), .. Bytes(25, Text(1, "Mine"), Text(10, "local"), Bytes(7, Text(4, "Relu")))]),
        new(null, "compiled-part.onnx", Model(Node("EPContext", Bytes(5, Text(1, "ep_cache_context"), Text(4, "model_ctx.bin")), Text(7, "com.microsoft")))),
        new("onnx-external-path", "compiled-part-climbs.onnx", Model(Node("EPContext", Bytes(5, Text(4, "../model_ctx.bin"), Text(1, "ep_cache_context")), Text(7, "com.microsoft")))),
        new("unreadable", "cut.onnx", Model(Node("Relu"))[..^3]),
        new("unreadable", "lies.onnx", [.. Number(1, 8), .. Text(2, "maker"), .. Text(3, "1"), 0x3a, 0xff, 0xff, 0x7f, 1, 2]),
        new("hidden-data", "unknown-field.onnx", Model(Node("Relu"), Text(99, "kept where no reader looks"))),
    ];

    private static byte[] Model(params byte[][] graph) => [.. Number(1, 8), .. Text(2, "maker"), .. Text(3, "1.0"), .. Bytes(7, [.. graph, Text(2, "g")]), .. Bytes(8, Text(1, ""), Number(2, 17))];

    private static byte[] Node(string operation, params byte[][] more) => Bytes(1, [Text(1, "x"), Text(2, "y"), Text(4, operation), .. more]);

    private static byte[] External(string location) => [.. Number(1, 2), .. Number(2, 1), .. Text(8, "w"), .. Bytes(13, Text(1, "location"), Text(2, location)), .. Number(14, 1)];
}
