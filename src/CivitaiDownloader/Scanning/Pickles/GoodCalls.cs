using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>Arguments with which even a good name does harm: numbers that have memory reserved for nothing, and encodings that make other bytes than the text shows.</summary>
internal static class GoodCalls
{
    // Savers give sizes of empty values, which are then filled, and never of large ones.
    private const long MostReserved = 16 << 20;

    private static readonly HashSet<string> Reserving = ["bytes", "bytearray", "ndarray", "_reconstruct", "void", "UntypedStorage", "TypedStorage", "_UntypedStorage", "_TypedStorage"];

    private static readonly HashSet<string> Walking = ["bytes", "bytearray", "list", "tuple", "set", "frozenset", "dict", "Counter", "deque", "OrderedDict", "UserList", "array"];

    private static readonly HashSet<string> PlainEncodings = ["latin1", "latin-1", "iso-8859-1", "iso8859-1"];

    public static void Check(PickleImport import, PickleValue arguments, PickleMeaning meaning, long at)
    {
        if (arguments.Items is not { Length: > 0 } items) return;
        if (Reserves(import) && items.Any(IsLarge)) meaning.Tell(PickleRules.MemoryClaim, at, $"has {import.FullName} reserve memory that nothing fills", at, import.Name);
        if (Walking.Contains(import.Name) && items[0] is { Kind: PickleValueKind.Instance, Reference: PickleImport { FullName: "builtins.range" } }) meaning.Tell(PickleRules.MemoryClaim, at, $"has {import.FullName} write out a whole range", at, import.Name);
        if (import is { Module: "fractions", Name: "Fraction" } && meaning.TextOf(items[0])?.Contains('e', StringComparison.OrdinalIgnoreCase) == true) meaning.Tell(PickleRules.MemoryClaim, at, "has a fraction computed from a power of ten", at, import.Name);
        if (import.Name == "NumpyArrayWrapper") meaning.Tell(PickleRules.OddCall, at, $"calls {import.FullName} with arguments, where joblib gives none", at);
    }

    /// <summary>Whether the call turns a text into bytes.</summary>
    public static bool MakesBytes(PickleImport import, PickleValue arguments) => import is { Module: "_codecs", Name: "encode" } or { Module: "builtins", Name: "bytes" or "bytearray" } && arguments.Items is [{ Kind: PickleValueKind.Text }, ..];

    /// <summary>Whether each letter becomes the byte of the same number, as savers have it.</summary>
    public static bool IsPlainEncoding(PickleValue arguments, PickleMeaning meaning) => arguments.Items is [_, var encoding] && meaning.TextOf(encoding) is { } name && PlainEncodings.Contains(name.ToLowerInvariant());

    private static bool Reserves(PickleImport import) => Reserving.Contains(import.Name) || import.Name.EndsWith("Tensor", StringComparison.Ordinal) || import.Module.StartsWith("torch.nn.modules.", StringComparison.Ordinal);

    private static bool IsLarge(PickleValue value) => value is { Kind: PickleValueKind.Integer, Number: > MostReserved } || (value.Items is { } sizes && sizes.Any(IsLarge));
}
