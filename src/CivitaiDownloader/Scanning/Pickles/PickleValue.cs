namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>What stands for a value in a run that computes nothing.</summary>
internal enum PickleValueKind : byte
{
    /// <summary>None, a number that is not whole or has over 64 bits, True, False: nothing that can be called or imported.</summary>
    Plain,

    /// <summary>A whole number; <see cref="PickleValue.Number"/> is it.</summary>
    Integer,

    /// <summary>Text or bytes that may serve as a name; <see cref="PickleValue.Number"/> is where their opcode stands.</summary>
    Text,

    /// <summary>Bytes; <see cref="PickleValue.Number"/> is where their opcode stands.</summary>
    Bytes,

    /// <summary>A list, dictionary, set or large tuple; <see cref="PickleValue.Number"/> is its weight, or the number under which the memo keeps that.</summary>
    Container,
    SharedContainer,

    /// <summary>A tuple of few items, an array of them.</summary>
    Tuple,

    /// <summary>Something imported: an <see cref="PickleImport"/>.</summary>
    Import,

    /// <summary>What a call gave: the <see cref="PickleImport"/> that was called, or null when that was no import.</summary>
    Instance,

    /// <summary>What a persistent id stands for: a <see cref="Checkpoints.StorageReference"/>, or null.</summary>
    Persistent,

    /// <summary>The beginning of a run of values.</summary>
    Mark,
}

/// <summary>One value on the stack or in the memo.</summary>
internal readonly record struct PickleValue(PickleValueKind Kind, long Number = 0, object? Reference = null)
{
    public static PickleValue Plain => default;

    public static PickleValue Mark => new(PickleValueKind.Mark);

    public static PickleValue Of(long number) => new(PickleValueKind.Integer, number);

    public static PickleValue Container(long weight, object? items = null) => new(PickleValueKind.Container, weight, items);

    public static PickleValue Tuple(PickleValue[] items) => new(PickleValueKind.Tuple, 0, items);

    public PickleImport? Import => Kind == PickleValueKind.Import ? (PickleImport)Reference! : null;

    public PickleValue[]? Items => Kind == PickleValueKind.Tuple ? (PickleValue[])Reference! : null;

    /// <summary>A constant that nothing hangs on once it lies deep in a long run.</summary>
    public bool IsFoldable => Kind is PickleValueKind.Plain or PickleValueKind.Integer or PickleValueKind.Text or PickleValueKind.Bytes;
}
