using static CivitaiDownloader.Tests.Scanning.Samples.ProtobufBytes;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class TensorFlowSamples
{
    public static IEnumerable<Sample> All =>
    [
        new(null, "saved_model.pb", Saved(Bytes(2, Node("Const"), Node("SaveV2"), Node("RestoreV2"), Node("StatefulPartitionedCall")))),
        new(null, "frozen.pb", [.. Node("Placeholder"), .. Node("MatMul"), .. Bytes(4, Number(1, 22))]),
        new(null, "assets.pb", Saved([.. Bytes(2, Node("Const")), .. Bytes(6, Bytes(1, Text(1, "a:0")), Text(2, "vocabulary.txt"))])),
        new(null, "keras_metadata.pb", Metadata("""{"class_name": "Functional", "config": {"name": "m", "layers": []}}""")),
        new(null, "keras_metadata-root.pb", Bytes(1, Text(3, "root"), Text(4, "_tf_keras_network"), Text(5, """{"class_name": "Functional", "config": {"name": "m", "layers": []}}"""), Bytes(6, Number(1, 2)))),
        new("tensorflow-python-operation", "python.pb", Saved(Bytes(2, Node("EagerPyFunc")))),
        new("tensorflow-python-operation", "python-frozen.pb", [.. Node("Placeholder"), .. Node("PyFuncStateless")]),
        new("tensorflow-file-operation", "file.pb", Saved(Bytes(2, Node("TFRecordDatasetV2")))),
        new("tensorflow-file-operation", "file-in-function.pb", Saved(Bytes(2, Node("Const"), Bytes(2, Bytes(1, Bytes(1, Text(1, "f")), Bytes(3, Text(1, "n"), Text(2, "ReadFile"))))))),
        new("tensorflow-file-operation", "constant-from-file.pb", Saved(Bytes(2, Node("ImmutableConst")))),
        new("tensorflow-file-operation", "records.pb", [.. Node("Placeholder"), .. Node("RecordInput")]),
        new("tensorflow-file-operation", "print-to-file.pb", Saved(Bytes(2, Bytes(1, Text(1, "n"), Text(2, "PrintV2"), Bytes(5, Text(1, "output_stream"), Bytes(2, Text(2, "file:///tmp/x"))))))),
        new("tensorflow-network-operation", "network.pb", Saved(Bytes(2, Node("RpcCall")))),
        new("tensorflow-asset-path", "asset-climbs.pb", Saved([.. Bytes(2, Node("Const")), .. Bytes(6, Text(2, "../../vocabulary.txt"))])),
        new("unreadable", "two-in-one.pb", [.. Node("Const"), .. Bytes(2, Bytes(2, Node("PyFunc")))]),
        new("unreadable", "also-onnx.pb", [.. Number(1, 8), .. Text(2, "maker"), .. Text(3, "1"), .. Bytes(7, Bytes(1, Text(4, "Relu")), Text(2, "g")), .. Bytes(2, Bytes(2, Node("PyFunc")))]),
        new("keras-lambda", "keras_metadata-root-lambda.pb", Bytes(1, Text(3, "root"), Text(4, "_tf_keras_layer"), Text(5, """{"class_name": "Lambda", "config": {"name": "l"}}"""))),
        new("keras-lambda", "keras_metadata-lambda.pb", Metadata("""{"class_name": "Lambda", "config": {"name": "l"}}""")),
    ];

    private static byte[] Saved(byte[] meta) => [.. Number(1, 1), .. Bytes(2, meta)];

    private static byte[] Node(string operation) => Bytes(1, Text(1, "n"), Text(2, operation));

    private static byte[] Metadata(string json) => Bytes(1, Number(2, 1), Text(3, "root"), Text(4, "_tf_keras_model"), Text(5, json));
}
