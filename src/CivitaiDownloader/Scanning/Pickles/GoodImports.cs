using CivitaiDownloader.Scanning.Checkpoints;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>
/// The names that real checkpoints need, each group with its reason. A name is here when calling it with any arguments makes a value and nothing else.
/// The first group is what PyTorch itself resolves under <c>weights_only</c> (torch/_weights_only_unpickler.py).
/// </summary>
internal static class GoodImports
{
    private const string Rebuild = "rebuilds a tensor", Container = "is a container", Number = "is a number or text type", Array = "rebuilds an array", Time = "is a date or time", Settings = "holds a trainer's settings", State = "holds a trainer's state", Layer = "is a layer, filled with its weights";

    private static readonly (string Module, string Reason, string[] Names)[] Groups =
    [
        ("torch._utils", Rebuild, ["_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3", "_rebuild_parameter", "_rebuild_parameter_with_state", "_rebuild_qtensor", "_rebuild_sparse_tensor", "_rebuild_sparse_csr_tensor", "_rebuild_nested_tensor", "_rebuild_meta_tensor_no_storage", "_rebuild_wrapper_subclass", "_rebuild_device_tensor_from_numpy", "_rebuild_device_tensor_from_cpu_tensor", "_rebuild_xla_tensor"]),
        ("torch._tensor", Rebuild, ["_rebuild_from_type_v2", "_rebuild_from_type", "Tensor"]),
        ("torch.tensor", Rebuild, ["_rebuild_from_type_v2", "_rebuild_from_type", "Tensor"]),
        ("torch", Rebuild, ["Tensor", "Size", "device", "dtype", "layout", "memory_format", "Generator", "strided", "sparse_coo", "sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc", "per_tensor_affine", "per_tensor_symmetric", "per_channel_affine", "per_channel_symmetric", "per_channel_affine_float_qparams", "contiguous_format", "channels_last", "preserve_format", "BFloat16Tensor", "BoolTensor", "ByteTensor", "CharTensor", "DoubleTensor", "FloatTensor", "HalfTensor", "IntTensor", "LongTensor", "ShortTensor"]),
        ("torch.storage", Rebuild, ["TypedStorage", "UntypedStorage", "_TypedStorage", "_UntypedStorage", "_load_from_bytes"]),
        ("torch.nn.parameter", Rebuild, ["Parameter", "Buffer", "UninitializedParameter", "UninitializedBuffer"]),
        ("torch.nn", Rebuild, ["Parameter"]),
        ("torch.nn.functional", Layer, ["relu", "relu6", "gelu", "silu", "mish", "elu", "selu", "celu", "leaky_relu", "tanh", "sigmoid", "softplus", "softmax", "hardswish", "hardtanh"]), // what layers keep as their activation
        ("torch.serialization", Rebuild, ["_get_layout"]),
        ("torch.jit._pickle", Container, ["build_intlist", "build_doublelist", "build_boollist", "build_tensorlist", "build_tensor_from_id", "restore_type_tag"]),
        ("torch.torch_version", Number, ["TorchVersion"]),

        ("collections", Container, ["OrderedDict", "Counter", "defaultdict", "deque", "ChainMap", "UserDict", "UserList", "UserString"]),
        ("builtins", Number, ["bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "object", "range", "set", "slice", "str", "tuple", "Ellipsis", "NotImplemented"]),
        ("_codecs", Number, ["encode"]),
        ("copyreg", Container, ["_reconstructor", "__newobj__", "__newobj_ex__"]),
        ("types", Container, ["SimpleNamespace"]),
        ("argparse", Settings, ["Namespace"]),
        ("array", Container, ["array", "_array_reconstructor"]),
        ("datetime", Time, ["date", "datetime", "time", "timedelta", "timezone"]),
        ("_datetime", Time, ["date", "datetime", "time", "timedelta", "timezone"]),
        ("decimal", Number, ["Decimal"]),
        ("_decimal", Number, ["Decimal"]),
        ("fractions", Number, ["Fraction"]),
        ("uuid", Number, ["UUID", "SafeUUID"]),
        ("pathlib", "is a path, not opened", ["Path", "PosixPath", "PurePath", "PurePosixPath", "PureWindowsPath", "WindowsPath"]),
        ("pathlib._local", "is a path, not opened", ["Path", "PosixPath", "PurePath", "PurePosixPath", "PureWindowsPath", "WindowsPath"]),
        ("typing", "is a type's name, in settings", ["Any", "Dict", "List", "Optional", "Tuple", "Union"]),
        ("enum", Number, ["IntEnum", "Enum"]),
        ("inspect", Settings, ["_empty"]),

        ("numpy", Array, ["ndarray", "dtype", "matrix", "recarray", "record", "bool_", "bool", "bool8", "byte", "bytes_", "cdouble", "cfloat", "character", "clongdouble", "complex128", "complex256", "complex64", "csingle", "datetime64", "double", "float128", "float16", "float32", "float64", "float_", "half", "int16", "int32", "int64", "int8", "int_", "intc", "intp", "longdouble", "longlong", "object_", "short", "single", "str_", "string_", "timedelta64", "ubyte", "uint", "uint16", "uint32", "uint64", "uint8", "uintc", "uintp", "ulonglong", "unicode_", "ushort", "void"]),
        ("numpy.core.multiarray", Array, ["_reconstruct", "scalar"]),
        ("numpy._core.multiarray", Array, ["_reconstruct", "scalar"]),
        ("numpy.core.numeric", Array, ["_frombuffer"]),
        ("numpy._core.numeric", Array, ["_frombuffer"]),
        ("numpy.core.records", Array, ["recarray", "record"]),
        ("numpy.rec", Array, ["recarray", "record"]),
        ("numpy.matrixlib.defmatrix", Array, ["matrix"]),
        ("numpy.ma.core", Array, ["_mareconstruct", "MaskedArray", "MaskedConstant"]),
        ("numpy.random", State, ["RandomState", "Generator"]),
        ("numpy.random._pickle", State, ["__randomstate_ctor", "__generator_ctor", "__bit_generator_ctor"]),
        ("numpy.random._mt19937", State, ["MT19937"]),
        ("numpy.random._pcg64", State, ["PCG64", "PCG64DXSM"]),
        ("numpy.random._philox", State, ["Philox"]),
        ("numpy.random._sfc64", State, ["SFC64"]),
        ("numpy.random.bit_generator", State, ["SeedSequence", "__pyx_unpickle_SeedSequence"]),
        ("numpy._globals", Array, ["_NoValueType"]),
        ("ml_dtypes", Number, ["bfloat16", "float8_e4m3fn", "float8_e5m2", "int4", "uint4"]),
        ("joblib.numpy_pickle", Array, ["NumpyArrayWrapper"]),
        ("sklearn.externals.joblib.numpy_pickle", Array, ["NumpyArrayWrapper"]),
        ("scipy.sparse", Array, ["csr_matrix", "csc_matrix", "coo_matrix", "bsr_matrix", "dia_matrix", "lil_matrix", "dok_matrix", "csr_array", "csc_array", "coo_array"]),
        ("scipy.sparse._csr", Array, ["csr_matrix", "csr_array"]),
        ("scipy.sparse._csc", Array, ["csc_matrix", "csc_array"]),
        ("scipy.sparse._coo", Array, ["coo_matrix", "coo_array"]),
        ("scipy.sparse.csr", Array, ["csr_matrix"]),
        ("scipy.sparse.csc", Array, ["csc_matrix"]),
        ("scipy.sparse.coo", Array, ["coo_matrix"]),

        ("pytorch_lightning.callbacks.model_checkpoint", State, ["ModelCheckpoint"]),
        ("pytorch_lightning.callbacks.early_stopping", State, ["EarlyStopping"]),
        ("pytorch_lightning.callbacks.base", State, ["Callback"]),
        ("pytorch_lightning.utilities.parsing", Settings, ["AttributeDict"]),
        ("pytorch_lightning.utilities.enums", Number, ["GradClipAlgorithmType"]),
        ("lightning.pytorch.callbacks.model_checkpoint", State, ["ModelCheckpoint"]),
        ("lightning.pytorch.callbacks.early_stopping", State, ["EarlyStopping"]),
        ("lightning.fabric.utilities.data", Settings, ["AttributeDict"]),
        ("lightning_fabric.utilities.data", Settings, ["AttributeDict"]),
        ("omegaconf.dictconfig", Settings, ["DictConfig"]),
        ("omegaconf.listconfig", Settings, ["ListConfig"]),
        ("omegaconf.base", Settings, ["ContainerMetadata", "Metadata", "SCMode"]),
        ("omegaconf.nodes", Settings, ["AnyNode", "StringNode", "IntegerNode", "FloatNode", "BooleanNode", "BytesNode", "PathNode", "EnumNode", "InterpolationResultNode"]),
        ("easydict", Settings, ["EasyDict"]),
        ("yacs.config", Settings, ["CfgNode"]),
        ("addict.addict", Settings, ["Dict"]),
        ("munch", Settings, ["Munch", "DefaultMunch"]),
        ("transformers.trainer_utils", Number, ["IntervalStrategy", "SchedulerType", "HubStrategy", "SaveStrategy"]),
        ("transformers.training_args", Number, ["OptimizerNames"]),
        ("accelerate.utils.dataclasses", Number, ["DistributedType", "PrecisionType", "DynamoBackend"]),
        ("torch.optim.sgd", State, ["SGD"]),
        ("torch.optim.adam", State, ["Adam"]),
        ("torch.optim.adamw", State, ["AdamW"]),
        ("torch.optim.lr_scheduler", State, ["LambdaLR", "StepLR", "MultiStepLR", "CosineAnnealingLR", "ExponentialLR", "OneCycleLR", "ReduceLROnPlateau"]),
        ("torch.cuda.amp.grad_scaler", State, ["GradScaler"]),
        ("torch.amp.grad_scaler", State, ["GradScaler"]),
    ];

    private static readonly Dictionary<string, Dictionary<string, string>> Listed = Groups.GroupBy(group => group.Module)
        .ToDictionary(module => module.Key, module => module.SelectMany(group => group.Names.Select(name => (Name: name, group.Reason))).DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name, entry => entry.Reason));

    /// <summary>Classes whose instances take items: pickles fill them one by one.</summary>
    public static IReadOnlySet<string> Holders { get; } = new HashSet<string>
    {
        "OrderedDict", "Counter", "defaultdict", "deque", "UserDict", "UserList", "ChainMap", "dict", "list", "set", "array", "AttributeDict", "EasyDict", "CfgNode", "Dict", "Munch", "DefaultMunch", "DictConfig", "ListConfig",
    };

    /// <returns>Why it is good; null when it is not on the list.</returns>
    public static string? ReasonFor(string module, string name)
    {
        if (Listed.TryGetValue(module, out var names) && names.TryGetValue(name, out var reason)) return reason;
        if (name.Contains('.')) return null;
        if (module is "torch" && (StorageTypes.IsStorage(name) || StorageTypes.IsType(name))) return Rebuild;
        if (module is "torch.cuda" or "torch.sparse" && (StorageTypes.IsStorage(name) || (name.EndsWith("Tensor", StringComparison.Ordinal) && char.IsAsciiLetterUpper(name[0])))) return Rebuild;
        if (module is "numpy.dtypes" && name.EndsWith("DType", StringComparison.Ordinal) && IsClassName(name)) return Array;

        // Layers as classes are named: their modules also hold functions that do more than make one.
        if (module.StartsWith("torch.nn.modules.", StringComparison.Ordinal) && module.IndexOf('.', "torch.nn.modules.".Length) < 0 && IsClassName(name)) return Layer;
        return null;
    }

    private static bool IsClassName(string name) => name.Length > 1 && char.IsAsciiLetterUpper(name[0]) && name.All(char.IsAsciiLetterOrDigit);
}
