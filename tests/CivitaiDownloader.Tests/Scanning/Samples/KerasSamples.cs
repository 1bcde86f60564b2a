using System.Text;
using static CivitaiDownloader.Tests.Scanning.Samples.HdfBytes;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class KerasSamples
{
    private const string Lambda = """{"class_name": "Lambda", "config": {"name": "l", "function": ["4wEAAAA=", null, null], "function_type": "lambda"}}""";

    private const string Dense3 = """{"module": "keras", "class_name": "Sequential", "config": {"layers": [{"module": "keras.layers", "class_name": "Dense", "config": {"units": 2, "activation": "relu", "kernel_initializer": {"module": "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null}}, "registered_name": null}]}, "registered_name": "Sequential", "compile_config": {"optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {}}, "loss": {"module": "builtins", "class_name": "function", "config": "my_loss", "registered_name": "function"}}}""";

    public static IEnumerable<Sample> All =>
    [
        new(null, "plain.h5", File(Attribute("keras_version", "2.12.0"), Attribute("model_config", Layer("""{"class_name": "Dense", "config": {"units": 2, "activation": "relu"}}""")))),
        new(null, "variable.h5", File([VariableAttribute("model_config", 116)], _ => Heap(Dense3))),
        new(null, "many-attributes.h5", Dense(0x15, AttributeBody("model_config", Layer("""{"class_name": "Dense", "config": {}}""")))),
        new(null, "user-block.h5", [.. new byte[512], .. File(Attribute("a", "b"))]),
        new(null, "text-with-brace.h5", File(Attribute("note", "{not json"))),
        new(null, "config.json", Encoding.UTF8.GetBytes(Dense3)),
        new(null, "operations.h5", Model("""{"class_name": "TFOpLambda", "config": {"name": "tf.math.multiply", "function": "math.multiply"}}""")),
        new(null, "vocabulary.h5", Model("""{"class_name": "StringLookup", "config": {"vocabulary": ["a", "b"]}}""")),
        new("keras-lambda", "lambda.h5", Model(Lambda)),
        new("keras-lambda", "lambda-deep.h5", Model($$$"""{"class_name": "TimeDistributed", "config": {"layer": {"class_name": "Bidirectional", "config": {"layer": {{{Lambda}}} } } } }""")),
        new("keras-lambda", "lambda-many-attributes.h5", Dense(0x15, AttributeBody("model_config", Lambda))),
        new("keras-lambda", "lambda-other-name.h5", Model("""{"class_name": "Own", "config": {"function": ["4wEAAAA="], "function_type": "lambda"}}""")),
        new("keras-lambda", "lambda-value.json", Encoding.UTF8.GetBytes("""{"module": "keras.layers", "class_name": "Own", "config": {"f": {"class_name": "__lambda__", "config": {"code": "4wEAAAA="}}}}""")),
        new("keras-lambda", "lambda-escaped.json", Encoding.UTF8.GetBytes("""{"class_name": "Lamb""" + """\u0064a", "config": {}}""")),
        new("keras-lambda", "lambda-behind-spaces.h5", File(Attribute("model_config", new string(' ', 5000) + Layer(Lambda)))),
        new("keras-python-module", "borrowed.json", Encoding.UTF8.GetBytes("""{"module": "keras.src.utils.file_utils.os", "class_name": "function", "config": "getcwd", "registered_name": "getcwd"}""")),
        new("keras-python-module", "module.h5", Model("""{"module": "os", "class_name": "function", "config": "getcwd", "registered_name": "getcwd"}""")),
        new("keras-python-module", "builtin.json", Encoding.UTF8.GetBytes("""{"class_name": "function", "config": "print", "module": "builtins", "registered_name": "function"}""")),
        new("keras-foreign-module", "foreign.json", Encoding.UTF8.GetBytes("""{"module": "own_package.layers", "class_name": "Own", "config": {}, "registered_name": "own>Own"}""")),
        new("keras-unsafe-function", "fetch.json", Encoding.UTF8.GetBytes("""{"module": "keras.utils", "class_name": "function", "config": "get_file", "registered_name": "get_file"}""")),
        new("keras-unsafe-function", "write.h5", Model("""{"class_name": "TFOpLambda", "config": {"name": "w", "function": "io.write_file"}}""")),
        new("keras-wrapped-model", "wrapped.json", Encoding.UTF8.GetBytes("""{"module": "keras.layers", "class_name": "TorchModuleWrapper", "config": {"module": "gAJ9Lg=="}, "registered_name": null}""")),
        new("keras-vocabulary-path", "vocabulary-path.json", Encoding.UTF8.GetBytes("""{"module": "keras.layers", "class_name": "TextVectorization", "config": {"vocabulary": "/etc/hostname"}}""")),
        new("hdf5-external-path", "link-away.h5", File(Message(0x06, ExternalLink("/etc/hostname")))),
        new("hdf5-external-path", "link-away-among-many.h5", Dense(0x02, ExternalLink("../other.h5"))),
        new(null, "virtual.h5", Virtual(".", ".")),
        new("hdf5-external-path", "virtual-second.h5", Virtual(".", "../other.h5")),
        new("hdf5-external-file", "link.h5", File(Message(0x06, ExternalLink("other.h5")))),
        new("hdf5-external-file", "link-of-own-kind.h5", File(Message(0x06, LinkBody("own", 100, [0, 0])))),
        new("hdf5-unknown-filter", "filter.h5", File(Message(0x0b, [2, 1, 0x40, 0x9c, 0, 0, 0, 0, 0, 0]))),
        new("unreadable", "cut.h5", File(Attribute("a", "b"))[..^8]),
        new("unreadable", "broken-config-late.h5", File(Attribute("model_config", "{'" + new string('x', 5000) + "': 1, 'class_name': 2}"))),
        new("unreadable", "broken-config.h5", Model("""{"class_name": "Dense", """)),
        new("hidden-data", "behind.h5", [.. File(Attribute("a", "b")), .. "what no reader looks at"u8]),
        new("hidden-data", "in-front.h5", [.. Encoding.ASCII.GetBytes("what no reader looks at".PadRight(512)), .. File(Attribute("a", "b"))]),
    ];

    private static string Layer(string layer) => $$$"""{"class_name": "Sequential", "config": {"name": "s", "layers": [{{{layer}}}]}}""";

    // A data set put together from whole data sets of these files.
    private static byte[] Virtual(params string[] files)
    {
        const string Whole = "\u0003\0\0\0\u0001\0\0\0\0\0\0\0\0\0\0\0";
        var list = "\0" + (char)files.Length + new string('\0', 7) + string.Concat(files.Select(file => file + "\0own\0" + Whole + Whole)) + "\0\0\0\0";
        return File([Message(0x08, [4, 3, .. BitConverter.GetBytes(80L), 1, 0, 0, 0])], _ => Heap(list));
    }

    private static byte[] Model(string layer) => File(Attribute("model_config", Layer(layer)));
}
