using CivitaiDownloader.Scanning.Python;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Texts;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>Judges one object of a configuration as Keras would take it: a class to make, a module to take it from, a function to call.</summary>
internal static class KerasConfiguration
{
    private static readonly string[] OwnModules = ["keras", "tf_keras", "tensorflow.keras", "tensorflow.python.keras", "tensorflow.python.framework", "tensorflow.python.trackable", "tensorflow.python.data.ops", "keras_hub", "keras_nlp", "keras_cv", "keras_core", "keras_rs", "tensorflow_addons", "tensorflow_hub.keras_layer", "transformers", "tensorflow_probability.python"];

    // Out of these packages everything that fetches, opens or loads. Functions under keras.activations and the like are sums.
    private static readonly HashSet<string> UnsafeFunctions = new(StringComparer.Ordinal)
    {
        "get_file", "enable_unsafe_deserialization", "load_model", "load_weights", "load_img", "save_model", "save_weights", "save_img", "load_model_from_json", "model_from_json", "model_from_config", "deserialize_keras_object", "clone_model", "extract_archive", "Progbar", "ModelCheckpoint", "CSVLogger", "TensorBoard", "RemoteMonitor", "BackupAndRestore", "LambdaCallback",
        "image_dataset_from_directory", "text_dataset_from_directory", "audio_dataset_from_directory", "from_saved_model", "python_lambda", "func_load", "func_dump", "run_eagerly", "load", "open", "copy_file", "FeatureSpace.load", "plot_model", "import_module", "patch_environ", "backend_from_env", "set_backend",
    };

    // tf.io.write_file as a layer: the function is named by its way from the root of TensorFlow.
    private static readonly string[] UnsafeTensorFlow = ["io.", "raw_ops.", "saved_model.", "data.", "summary.", "train.", "py_function", "numpy_function", "load_op_library", "load_library", "distribute.", "experimental.", "compat.", "keras.", "lite.", "tpu.", "profiler.", "debugging.experimental", "queue.", "autograph.", "sysconfig.", "__internal__.", "nest.", "lookup.", "config.experimental_connect"];

    // Modules of Python that Keras' own files import: to name them by way of such a file passes those who look at the beginning only.
    private static readonly HashSet<string> Borrowed = new(StringComparer.Ordinal) { "os", "posix", "nt", "sys", "subprocess", "shutil", "socket", "pickle", "cloudpickle", "dill", "marshal", "builtins", "importlib", "ctypes", "runpy", "pty", "webbrowser", "urllib", "tempfile", "zipfile", "tarfile" };

    public static void Judge(JsonFrame frame, ScanItem item, ScanState state, long at)
    {
        if (frame.FunctionType is "lambda" && frame.Owner != "config") Report(KerasRules.Lambda, "a function that is code");
        if (frame.ClassName is not { } name || (!frame.HasConfig && frame.Module is null)) return;
        var last = name[(name.LastIndexOfAny(['>', '.']) + 1)..];
        if (last is "Lambda" or "__lambda__") Report(KerasRules.Lambda, $"the class {name}");
        else if (last is "TorchModuleWrapper" or "TFSMLayer") Report(KerasRules.WrappedModel, $"the class {name}");
        else if (Called(frame, name) is { } function) Report(KerasRules.UnsafeFunction, $"the function {function}");
        else if (frame.Vocabulary is { Length: > 0 } path && last is "StringLookup" or "IntegerLookup" or "IndexLookup" or "TextVectorization" or "Hashing" or "CategoryEncoding") Report(KerasRules.VocabularyPath, $"the vocabulary '{path}' of {name}");
        else if (frame.Module is { } module) JudgeModule(module.Trim());

        void Report(Rule rule, string message) => state.Report(rule, item, message, at, frame.ClassName);

        void JudgeModule(string module)
        {
            if (Array.Find(module.Split('.')[1..], Borrowed.Contains) is { } borrowed)
            {
                Report(KerasRules.PythonModule, $"the module {borrowed} by way of {module}");
                return;
            }

            if (module.Length == 0 || Array.Exists(OwnModules, own => module == own || module.StartsWith(own + ".", StringComparison.Ordinal))) return;
            if (module == "builtins" && IsHarmlessBuiltin(name, frame.ConfigName)) return;
            Report(PythonModules.IsDangerous(module) ? KerasRules.PythonModule : KerasRules.ForeignModule, $"the module {module} for {(name == "function" ? frame.ConfigName ?? name : name)}");
        }
    }

    // Keras writes its own functions as builtins.function with the name as the configuration, and types that it knows by their name.
    private static bool IsHarmlessBuiltin(string name, string? function) => !PythonModules.IsDangerousBuiltin(name) && (function is null || !PythonModules.IsDangerousBuiltin(function)) && function?.StartsWith("__", StringComparison.Ordinal) != true;

    private static string? Called(JsonFrame frame, string name)
    {
        if (name is "TFOpLambda" or "SlicingOpLambda" or "ClassMethod" or "InstanceMethod" or "InstanceProperty" && frame.Function is { } operation && Array.Exists(UnsafeTensorFlow, operation.StartsWith)) return operation;
        var function = name is "function" or "__function__" or "get_config" ? frame.ConfigName : frame.Module is null ? null : name;
        if (function is null || frame.Module?.Trim() is { } module && module != "builtins" && !module.StartsWith("keras", StringComparison.Ordinal) && !module.StartsWith("tf_keras", StringComparison.Ordinal) && !module.StartsWith("tensorflow", StringComparison.Ordinal)) return null;
        return UnsafeFunctions.Contains(function) ? function : null;
    }
}
