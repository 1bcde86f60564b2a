using CivitaiDownloader.Scanning.Pickles;

namespace CivitaiDownloader.Scanning.Checkpoints;

/// <summary>A tensor as a view of a storage: offset, shape and strides, in elements.</summary>
/// <param name="Width">Bytes of an element when the view gives its own type; else those of the storage.</param>
internal sealed record TensorView(StorageReference Storage, long Offset, long[] Shape, long[] Strides, int Width)
{
    // Arguments that no saver writes: what they make cannot be told.
    private static readonly TensorView Unclear = new(new("(unclear)", 0, 0), 0, [], [], 0);

    /// <summary>The view that a call of a rebuild function makes (torch/_utils.py); null where the call is none, or its storage was refused before.</summary>
    public static TensorView? Of(PickleImport import, PickleValue arguments)
    {
        if (import is not { Module: "torch._utils", Name: "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_tensor_v3" or "_rebuild_qtensor" }) return null;
        if (arguments.Items is [{ Kind: PickleValueKind.Instance, Reference: PickleImport { Module: "torch.storage", Name: "_load_from_bytes" } }, ..]) return null; // a checkpoint inside a value: PyTorch holds the view against it itself
        if (arguments.Items is not [{ Kind: PickleValueKind.Persistent } persistent, { Kind: PickleValueKind.Integer } offset, var shape, var strides, ..] items) return Unclear;
        if (persistent.Reference is not StorageReference storage) return null; // said where it was referred to
        if (Numbers(shape) is not { } sizes || Numbers(strides) is not { } steps) return Unclear;
        var width = import.Name != "_rebuild_tensor_v3" ? storage.Width : items.Length > 6 && items[6].Import is { } type ? StorageTypes.WidthOfType(type.Name) : 0;
        return new(storage, offset.Number, sizes, steps, width);
    }

    /// <returns>What is wrong with it; null when it lies inside its storage.</returns>
    public string? Problem()
    {
        if (Width == 0 || Storage.Bytes is not { } bytes) return $"a tensor over storage {Storage.Key} whose size cannot be told";
        if (Offset < 0 || Shape.Length != Strides.Length || Shape.Any(size => size < 0) || Strides.Any(step => step < 0)) return $"a tensor over storage {Storage.Key} with a negative number, or more sizes than strides";
        if (Shape.Contains(0)) return null; // no element, so none is read
        Int128 last = Offset;
        for (var dimension = 0; dimension < Shape.Length && last <= bytes; dimension++) last += (Int128)(Shape[dimension] - 1) * Strides[dimension];
        return (last + 1) * Width <= bytes ? null : $"a tensor reaches to element {last} of storage {Storage.Key}, which has {bytes / Width}";
    }

    private static long[]? Numbers(PickleValue tuple)
    {
        if (tuple.Items is not { } items || items.Any(item => item.Kind != PickleValueKind.Integer)) return null;
        return [.. items.Select(item => item.Number)];
    }
}
