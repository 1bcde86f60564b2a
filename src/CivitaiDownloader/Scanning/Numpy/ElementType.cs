namespace CivitaiDownloader.Scanning.Numpy;

/// <summary>The element type of an array, as numpy's header describes it: a short notation, or a list of fields that have types themselves (numpy/lib/format.py, descr_to_dtype).</summary>
/// <param name="Bytes">Of one element.</param>
/// <param name="HoldsObjects">Whether it, or a field at any depth, is a Python object: the data is a pickle then.</param>
internal readonly record struct ElementType(long Bytes, bool HoldsObjects)
{
    private const int MostBytes = 1 << 30;

    /// <returns>Null when it is none.</returns>
    public static ElementType? Of(object description) => description switch
    {
        string notation => OfNotation(notation),
        List<object> { Count: 2 } pair when pair[0] is string or List<object> && pair[1] is List<object> shape && shape.TrueForAll(size => size is long) => Repeated(Of(pair[0]), shape),
        List<object> { Count: 2 } pair when pair[0] is string or List<object> && pair[1] is long => Repeated(Of(pair[0]), [pair[1]]),
        List<object> fields => OfFields(fields),
        _ => null,
    };

    private static ElementType? OfNotation(string notation)
    {
        var text = notation.TrimStart('<', '>', '=', '|');
        if (text.Length == 0) return null;
        if (text[0] == 'O') return new(8, true);
        if (text is "M8" or "m8" || (text.Length > 4 && text[..3] is "M8[" or "m8[" && text.IndexOf(']', StringComparison.Ordinal) == text.Length - 1)) return new(8, false); // "M8,O" is two fields
        if (text == "?") return new(1, false);
        if (!int.TryParse(text.AsSpan(1), System.Globalization.NumberStyles.None, null, out var size)) return null;
        return text[0] switch
        {
            'f' or 'i' or 'u' or 'b' or 'c' or 'S' or 'a' or 'V' or 'T' => new(size, false),
            'U' when size < MostBytes / 4 => new(size * 4L, false),
            _ => null,
        };
    }

    private static ElementType? OfFields(List<object> fields)
    {
        var whole = new ElementType(0, false);
        foreach (var field in fields)
        {
            if (field is not List<object> { Count: 2 or 3 } parts || parts[0] is not (string or List<object>) || Of(parts[1]) is not { } type) return null;
            if (parts.Count == 3 && (parts[2] is not List<object> shape || Repeated(type, shape) is not { } repeated || (type = repeated) == default)) return null;
            whole = new(Math.Min(whole.Bytes + type.Bytes, MostBytes), whole.HoldsObjects || type.HoldsObjects);
        }

        return whole;
    }

    private static ElementType? Repeated(ElementType? type, List<object> shape)
    {
        if (type is not { } element) return null;
        foreach (var size in shape)
        {
            if (size is not long count || count is < 0 or >= MostBytes) return null;
            element = element with { Bytes = Math.Min(element.Bytes * count, MostBytes) };
        }

        return element;
    }
}
