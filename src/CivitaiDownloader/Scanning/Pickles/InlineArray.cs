using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>
/// The numbers that joblib writes into a pickle right behind the description of their array (joblib/numpy_pickle.py, NumpyArrayWrapper.read_array):
/// padding that its first byte counts, then the elements one after another. Arrays of objects are a pickle of their own there.
/// </summary>
internal static class InlineArray
{
    private const int MostTried = 10_000, TriedBeyond = 4096;
    private const byte FirstOpcode = (byte)PickleOpcode.Mark;

    /// <summary>Whether numbers follow as soon as its state is set.</summary>
    public static bool Describes(PickleValue target) => target is { Kind: PickleValueKind.Instance, Reference: PickleImport { Name: "NumpyArrayWrapper", Standing: ImportStanding.Good } };

    public static void Pass(PickleValue state, ScanSource source, SourceReader reader, PickleMeaning meaning, long at)
    {
        if (meaning.IsPlainLoader) return;
        if (state.Reference is not PickleDictionary { IsWhole: true } entries) throw Unclear(at);
        if (entries.Find("shape", meaning.TextOf) is not { Items: { } shape } || entries.Find("dtype", meaning.TextOf) is not { Kind: PickleValueKind.Instance, Reference: PickleImport { FullName: "numpy.dtype" }, Number: > 0 } type || meaning.ArrayTypes.IsUnclear(type)) throw Unclear(at);
        var notation = PickleText.Read(source, type.Number);
        if (meaning.ArrayTypes.HoldsObjects(type, notation))
        {
            RunObjects(source, reader, meaning);
            return;
        }

        var width = WidthOf(notation);
        Int128 bytes = width > 0 ? width : throw Unclear(at);
        foreach (var size in shape) bytes = size is { Kind: PickleValueKind.Integer, Number: >= 0 and < 1L << 48 } ? Int128.Min(bytes * size.Number, long.MaxValue) : throw Unclear(at);
        var start = reader.Position;
        if (entries.Find("numpy_array_alignment_bytes", meaning.TextOf) is { } alignment) reader.Skip(alignment.Kind == PickleValueKind.Integer ? reader.ReadByte() : throw Unclear(at));
        reader.Skip((long)bytes);
        RunAsOpcodes(source, start, reader.Position - start, meaning, at);
    }

    // joblib has the plain loader read them from the file, with a stack and a memo of its own.
    private static void RunObjects(ScanSource source, SourceReader reader, PickleMeaning meaning)
    {
        meaning.IsPlainLoader = true;
        new PickleMachine(source, reader, meaning, meaning.CancellationToken).Run();
        meaning.IsPlainLoader = false;
    }

    // The plain loader knows nothing of numbers in between and goes on with them as opcodes, where it soon gives up, unless they are some.
    private static void RunAsOpcodes(ScanSource source, long start, long length, PickleMeaning meaning, long at)
    {
        if (source.Peek(start, 1) is not [>= FirstOpcode] || length == 0) return; // the count of padding bytes is below, and small numbers are
        if (meaning.Arrays++ > MostTried)
        {
            meaning.Tell(CoreRules.Limit, nameof(InlineArray), $"more than {MostTried} arrays", at);
            return;
        }

        var trial = new PickleMeaning(source, null, meaning.CancellationToken) { IsPlainLoader = true };
        using var reader = new SourceReader(source.Slice(0, Math.Min(source.Length, start + length + TriedBeyond)), start);
        try
        {
            new PickleMachine(source, reader, trial, meaning.CancellationToken).Run();
        }
        catch (Exception broken) when (broken is UnreadableException or BudgetExceededException)
        {
            // as numbers do
        }

        if (trial.HasBadCall) meaning.Tell(PickleRules.DangerousImport, start, "numbers of an array are opcodes that call something that does harm, to loaders that know no arrays", start);
    }

    /// <summary>Bytes of an element by numpy's short notation (<c>f8</c>, <c>&lt;i4</c>, <c>S10</c>, <c>U3</c>); 0 for objects and what is not known.</summary>
    public static int WidthOf(string? type)
    {
        type = type?.TrimStart('<', '>', '=', '|');
        if (type is null || type.Length < 2 || !int.TryParse(type.AsSpan(1), System.Globalization.NumberStyles.None, null, out var size)) return 0;
        return type[0] switch { 'f' or 'i' or 'u' or 'b' or 'c' or 'S' or 'V' or 'M' or 'm' or 'a' => size, 'U' => size <= int.MaxValue / 4 ? size * 4 : 0, _ => 0 };
    }

    private static UnreadableException Unclear(long at) => new("an array whose numbers follow, of a size that cannot be told", at);
}
