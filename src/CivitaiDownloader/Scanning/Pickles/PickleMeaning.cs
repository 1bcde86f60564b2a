using CivitaiDownloader.Scanning.Checkpoints;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>What the opcodes of one pickle mean: which imports, calls and changes they are, and what is wrong with them. Its findings are kept apart, as it may turn out to be no pickle.</summary>
/// <param name="storages">What persistent ids stand for in a checkpoint; null outside one.</param>
internal sealed class PickleMeaning(ScanSource source, StorageTable? storages, CancellationToken cancellationToken)
{
    /// <summary>Items of a tuple that are kept; longer ones are no arguments of anything that matters.</summary>
    public const int MostItemsKept = 64;

    /// <summary>Items of a tuple with all it holds, beyond which it is kept as a weight alone.</summary>
    public const int HeaviestTuple = 128;

    /// <summary>A file has at least so many bytes.</summary>
    public const int ShortestNested = 4;

    private static readonly string[] Hooks = ["__setstate__", "__class__", "__dict__", "append", "extend", "add"];

    private const int MostFindings = 300, MostNested = 10_000;

    // What stands on more objects than this for each byte was not made by a program that saves objects.
    private const long WeightWithoutQuestion = 1L << 30, WeightPerByte = 64;

    private readonly List<PickleFinding> _findings = [];
    private readonly HashSet<(Rule, object)> _told = [];
    private readonly List<NestedConstant> _nested = [];
    private readonly HashSet<long> _unwrapped = [];
    private HashSet<long>? _encoded;
    private ArrayTypes? _arrayTypes;
    private readonly Dictionary<(string, string), PickleImport> _imports = [];

    public IReadOnlyList<PickleFinding> Findings => _findings;

    /// <summary>Constants that may be files of their own.</summary>
    public IReadOnlyList<NestedConstant> Nested => _nested;

    /// <summary>Bytes that are written as texts, beside those.</summary>
    public IEnumerable<NestedConstant> Encoded => (_encoded ?? []).Select(at => (At: at, Bytes: PickleText.ReadBytes(source, at)!)).Select(text => new NestedConstant(text.At, text.Bytes.Length, text.Bytes));

    /// <summary>Places of constants that a loader inside the pickle reads as a checkpoint, which is ordinary as long as that is harmless.</summary>
    public IReadOnlySet<long> Unwrapped => _unwrapped;

    /// <summary>Whether anything that does harm is called: it has run by then, also when the pickle breaks off behind it.</summary>
    public bool HasBadCall { get; private set; }

    /// <summary>Whether it imports what reads bytes as a checkpoint, of which no one knows who calls it with what.</summary>
    public bool HasLoader { get; private set; }

    public CancellationToken CancellationToken => cancellationToken;

    public ArrayTypes ArrayTypes => _arrayTypes ??= new(); // a file can be millions of pickles, of which few hold arrays

    /// <summary>Arrays whose numbers were tried as opcodes.</summary>
    public int Arrays { get; set; }

    /// <summary>Whether Python's own loader reads it, to which an array that joblib describes is an object like any other, and no numbers follow.</summary>
    public bool IsPlainLoader { get; set; }

    public int Imports => _imports.Count;

    /// <summary>Something the interpreter refuses, or that other readers take otherwise, and behind which can still be read on.</summary>
    public void Broken(string message, long at) => Tell(CoreRules.Unreadable, at, message, at);

    public void Protocol(int version, long at)
    {
        if (version > 5) Broken($"protocol {version}, which no interpreter takes", at);
    }

    public void OutOfBand(long at) => Tell(PickleRules.PersistentId, at, "asks for a buffer that is not in the file", at, nameof(PickleOpcode.NextBuffer));

    public PickleValue Import(string? module, string? name, PickleOpcode opcode, long at)
    {
        if (module is null || name is null)
        {
            Tell(PickleRules.ComputedName, at, $"imports {(module is null ? "from a module" : $"from {module} a name")} that is put together while it is loaded", at, opcode.ToString());
            return new(PickleValueKind.Import, 0, new PickleImport(module ?? "?", name ?? "?", ImportStanding.Bad, "which is computed"));
        }

        if (!_imports.TryGetValue((module, name), out var import))
        {
            import = ImportLists.Judge(module, name);
            if (_imports.Count < MostFindings * 10) _imports[(module, name)] = import;
        }

        HasLoader |= ImportLists.LoadsNested(import);
        if (import.Standing == ImportStanding.Bad)
        {
            var rule = ImportLists.IsWalk(import) ? PickleRules.DottedName : PickleRules.DangerousImport;
            Tell(rule, import.FullName, $"imports {import.FullName}, {import.Reason}", at, opcode.ToString());
        }
        else if (import.Standing == ImportStanding.Unknown)
        {
            Tell(PickleRules.UnknownImport, import.FullName, $"imports {import.FullName}, which no list knows", at, opcode.ToString());
        }

        return new(PickleValueKind.Import, 0, import);
    }

    public PickleValue Extension(int code, long at)
    {
        Tell(PickleRules.ExtensionCode, code, $"imports what the extension registry has under {code}", at);
        return new(PickleValueKind.Instance);
    }

    public PickleValue Call(PickleValue target, PickleValue arguments, PickleOpcode opcode, long at)
    {
        if (target.Import is not { } import)
        {
            Tell(PickleRules.OddCall, (target.Kind, (target.Reference as PickleImport)?.FullName), $"calls {Described(target)}", at, opcode.ToString());
            return new(PickleValueKind.Instance);
        }

        HasBadCall |= import.Standing == ImportStanding.Bad;
        if (import.Standing == ImportStanding.Good && Result(import, arguments, at) is { } known) return known;
        return new(PickleValueKind.Instance, arguments.Items is [{ Kind: PickleValueKind.Text } text, ..] ? text.Number : 0, import);
    }

    public void Build(PickleValue target, PickleValue state, long at)
    {
        if (target.Import is { } import) Tell(PickleRules.ChangesImport, import.FullName, $"sets attributes of {import.FullName}", at, nameof(PickleOpcode.Build));
        else if (target.Kind != PickleValueKind.Instance) Tell(PickleRules.OddTarget, target.Kind, $"sets the state of {Described(target)}", at, nameof(PickleOpcode.Build));
        else if (target.Reference is PickleImport { FullName: "numpy.dtype" }) ArrayTypes.Note(target, state, target.Number > 0 ? PickleText.Read(source, target.Number) : null);
        else if (target.Reference is PickleImport { Standing: ImportStanding.Good } made && SetsMethods(state)) Tell(PickleRules.OddTarget, (made.FullName, "methods"), $"gives what {made.FullName} returned methods or slots of its own", at, nameof(PickleOpcode.Build));
    }

    // A second dictionary beside the first holds slots, which are set as if by assignment; no class on the list has any. A method that is set is called by the next opcode.
    private bool SetsMethods(PickleValue state)
    {
        if (state.Items is [_, { Kind: PickleValueKind.Container or PickleValueKind.SharedContainer, Reference: PickleDictionary }]) return true;
        return state.Reference is PickleDictionary entries && Hooks.Any(name => entries.Find(name, TextOf) is not null);
    }

    public void Fill(PickleValue target, PickleOpcode opcode, long at)
    {
        if (target.Kind is PickleValueKind.Container or PickleValueKind.SharedContainer) return;
        if (target.Import is { } import) Tell(PickleRules.ChangesImport, import.FullName, $"adds items to {import.FullName}", at, opcode.ToString());
        else if (target.Kind != PickleValueKind.Instance || target.Reference is not PickleImport made || (made.Standing == ImportStanding.Good && !ImportLists.HoldsItems(made))) Tell(PickleRules.OddTarget, (target.Kind, opcode), $"adds items to {Described(target)}", at, opcode.ToString());
    }

    public PickleValue Persistent(PickleValue id, long at)
    {
        if (storages is not null) return storages.Refer(id, this, at);
        Tell(PickleRules.PersistentId, "", "asks its loader for an object by a persistent id", at, nameof(PickleOpcode.BinPersId));
        return new(PickleValueKind.Persistent);
    }

    public PickleValue PersistentText(string? id, long at)
    {
        Tell(PickleRules.PersistentId, "", $"asks its loader for the object '{id}'", at, nameof(PickleOpcode.PersId));
        return new(PickleValueKind.Persistent);
    }

    public void Weighs(long weight, long fileBytes, long at)
    {
        if (weight > WeightWithoutQuestion && weight / WeightPerByte > fileBytes) Tell(PickleRules.DoublingBomb, "", $"values that hold each other come to over {weight} items", at);
    }

    public void MemoIndex(long index, long count, long at)
    {
        if (index > (count * 2) + (1 << 20)) Tell(PickleRules.MemoryClaim, "", $"memo entry {index} where there are {count}", at);
    }

    public void Constant(NestedConstant constant)
    {
        if (_nested.Count < MostNested) _nested.Add(constant);
        else Tell(CoreRules.Limit, "nested", $"more than {MostNested} values that may be files", constant.Start);
    }

    /// <summary>A quoted line, which is bytes to the old interpreter.</summary>
    public void QuotedBytes(string text, long at)
    {
        if (text.Length <= ShortestNested) return;
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        if (NestedConstants.MayBeFile(bytes, bytes.Length)) Constant(new(at, bytes.Length, bytes));
    }

    public void Tell(Rule rule, object key, string message, long at, string? element = null)
    {
        if (_findings.Count < MostFindings && _told.Add((rule, key))) _findings.Add(new(rule, message, at, element?.ToUpperInvariant()));
    }

    public string? TextOf(PickleValue value) => value.Kind == PickleValueKind.Text ? PickleText.Read(source, value.Number) : null;

    // Calls whose result something later hangs on.
    private PickleValue? Result(PickleImport import, PickleValue arguments, long at)
    {
        if (ImportLists.LoadsNested(import))
        {
            if (arguments.Items is [{ Kind: PickleValueKind.Bytes, Number: var where }]) _unwrapped.Add(where);
            else Tell(PickleRules.DangerousImport, import.FullName, $"calls {import.FullName}, which loads another pickle, with something that is no constant", at);
        }

        GoodCalls.Check(import, arguments, this, at);
        if (GoodCalls.MakesBytes(import, arguments))
        {
            if (GoodCalls.IsPlainEncoding(arguments, this)) return EncodedBytes(arguments.Items![0].Number);
            Tell(PickleRules.OddCall, (import.FullName, "encoding"), $"has {import.FullName} make bytes by another encoding than savers use", at);
        }

        if (import.Module == "copyreg" && arguments.Items is [{ Import: { } made }, ..]) return new PickleValue(PickleValueKind.Instance, 0, made);
        if (import is { Module: "torch._tensor" or "torch.tensor", Name: "_rebuild_from_type_v2" or "_rebuild_from_type" }) return arguments.Items is [var function, _, var passedOn, ..] ? Call(function, passedOn, PickleOpcode.Reduce, at) : null;
        if (import is { Module: "torch", Name: "Size" } && arguments.Items is [{ Kind: PickleValueKind.Tuple } shape]) return shape;
        if (TensorView.Of(import, arguments) is { } view && view.Problem() is { } problem) Tell(CheckpointRules.ViewBeyondStorage, at, problem, at, import.Name);
        return null;
    }

    // How bytes are written before protocol 3: as a text whose letters are the bytes.
    private PickleValue EncodedBytes(long textAt)
    {
        if (PickleText.ReadBytes(source, textAt) is not { } bytes) Tell(CoreRules.Limit, textAt, "bytes written as a text that is too long, or no such text, to be looked into", textAt);
        else if (bytes.Length > ShortestNested && NestedConstants.MayBeFile(bytes, bytes.Length)) Constant(new(textAt, bytes.Length, bytes));
        else if ((_encoded ??= []).Count < MostNested) _encoded.Add(textAt);
        else if (HasLoader) Tell(CoreRules.Limit, "encoded", $"more than {MostNested} bytes written as texts", textAt);
        return new(PickleValueKind.Bytes, textAt);
    }

    private static string Described(PickleValue value) => value.Kind switch
    {
        PickleValueKind.Instance when value.Reference is PickleImport made => $"what {made.FullName} returned",
        PickleValueKind.Instance => "what another call returned",
        PickleValueKind.Persistent => "what a persistent id stands for",
        PickleValueKind.Container or PickleValueKind.SharedContainer => "a list or dictionary",
        PickleValueKind.Tuple => "a tuple",
        PickleValueKind.Import => value.Import!.FullName,
        _ => "a constant",
    };
}

/// <param name="Element">The opcode in capitals, as the disassembler writes it.</param>
internal sealed record PickleFinding(Rule Rule, string Message, long Offset, string? Element);
