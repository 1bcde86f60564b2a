namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>The first few entries of a dictionary, for those that describe what follows them (the shape of an array that joblib writes behind its description).</summary>
internal sealed class PickleDictionary
{
    private const int Most = 16;

    private List<PickleValue>? _items;

    private PickleMemo? _memo;
    private long _number;
    private bool _overflowed;

    /// <summary>Whether all entries are kept: there were few, and none can have come by way of the memo.</summary>
    public bool IsWhole => !_overflowed && _memo?.WasFetched(_number) != true;

    /// <summary>Notes under which number the memo has it.</summary>
    public void Share(PickleMemo memo, long number) => (_memo, _number) = (memo, number);

    public void Add(ReadOnlySpan<PickleValue> keysAndValues)
    {
        if ((_items?.Count ?? 0) + keysAndValues.Length <= Most * 2 && keysAndValues.Length % 2 == 0) (_items ??= []).AddRange(keysAndValues);
        else _overflowed = true;
    }

    /// <summary>The value that the interpreter has under <paramref name="key"/>: the last one that was put there.</summary>
    /// <param name="textOf">Reads a key.</param>
    public PickleValue? Find(string key, Func<PickleValue, string?> textOf)
    {
        for (var index = (_items?.Count ?? 0) - 2; index >= 0; index -= 2)
        {
            if (textOf(_items![index]) == key) return _items[index + 1];
        }

        return null;
    }
}
