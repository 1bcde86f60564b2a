namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>
/// What the states of numpy's element types say beyond their notation (numpy, arraydescr_setstate): that elements are or hold objects, or have another size.
/// A type is known by the place of its notation, which types may share.
/// </summary>
internal sealed class ArrayTypes
{
    private const long HoldsObject = 1;

    private readonly HashSet<long> _objects = [], _numbers = [], _unclear = [];

    /// <param name="state"><c>(version, byte order, sub-array, names, fields, element size, alignment, flags …)</c>.</param>
    /// <param name="notation">The type's, as <c>V8</c>.</param>
    public void Note(PickleValue type, PickleValue state, string? notation)
    {
        if (state.Items is not [_, _, _, _, _, { Kind: PickleValueKind.Integer } size, { Kind: PickleValueKind.Integer }, { Kind: PickleValueKind.Integer } flags, ..]) _unclear.Add(type.Number);
        else if ((flags.Number & HoldsObject) != 0) _objects.Add(type.Number);
        else if (size.Number >= 0 && size.Number != InlineArray.WidthOf(notation)) _unclear.Add(type.Number);
        else _numbers.Add(type.Number);
    }

    public bool IsUnclear(PickleValue type) => _unclear.Contains(type.Number) || (_objects.Contains(type.Number) && _numbers.Contains(type.Number));

    public bool HoldsObjects(PickleValue type, string? notation) => _objects.Contains(type.Number) || notation is "O" or "O8" or "O4" or "|O";
}
