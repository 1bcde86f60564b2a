namespace CivitaiDownloader.Scanning.Checkpoints;

/// <summary>Bytes of one element of each storage class (torch/storage.py, _dtype_to_storage_type_map) and of each type that views give (torch.dtype).</summary>
internal static class StorageTypes
{
    private static readonly Dictionary<string, int> Storages = new()
    {
        ["DoubleStorage"] = 8, ["FloatStorage"] = 4, ["HalfStorage"] = 2, ["BFloat16Storage"] = 2, ["LongStorage"] = 8, ["IntStorage"] = 4, ["ShortStorage"] = 2, ["CharStorage"] = 1, ["ByteStorage"] = 1,
        ["BoolStorage"] = 1, ["ComplexDoubleStorage"] = 16, ["ComplexFloatStorage"] = 8, ["QUInt8Storage"] = 1, ["QInt8Storage"] = 1, ["QInt32Storage"] = 4, ["QUInt4x2Storage"] = 1, ["QUInt2x4Storage"] = 1,
        ["UntypedStorage"] = 1,
    };

    private static readonly Dictionary<string, int> Types = new()
    {
        ["float64"] = 8, ["double"] = 8, ["float32"] = 4, ["float"] = 4, ["float16"] = 2, ["half"] = 2, ["bfloat16"] = 2, ["int64"] = 8, ["long"] = 8, ["int32"] = 4, ["int"] = 4, ["int16"] = 2, ["short"] = 2,
        ["int8"] = 1, ["uint8"] = 1, ["uint16"] = 2, ["uint32"] = 4, ["uint64"] = 8, ["bool"] = 1, ["complex32"] = 4, ["complex64"] = 8, ["cfloat"] = 8, ["complex128"] = 16, ["cdouble"] = 16,
        ["float8_e4m3fn"] = 1, ["float8_e5m2"] = 1, ["float8_e4m3fnuz"] = 1, ["float8_e5m2fnuz"] = 1, ["float8_e8m0fnu"] = 1, ["float4_e2m1fn_x2"] = 1, ["quint8"] = 1, ["qint8"] = 1, ["qint32"] = 4, ["quint4x2"] = 1, ["quint2x4"] = 1,
    };

    public static bool IsStorage(string name) => Storages.ContainsKey(name);

    public static bool IsType(string name) => Types.ContainsKey(name);

    /// <returns>0 when it is not known.</returns>
    public static int WidthOfStorage(string name) => Storages.GetValueOrDefault(name);

    /// <returns>0 when it is not known.</returns>
    public static int WidthOfType(string name) => Types.GetValueOrDefault(name);
}
