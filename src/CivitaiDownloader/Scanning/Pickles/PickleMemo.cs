using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>The interpreter's memo: a map, in which any number may be used, again too. Kept so that millions of strings need eight bytes each.</summary>
internal sealed class PickleMemo
{
    private const int MostKept = 4_000_000, MostReferences = 250_000;

    private readonly Dictionary<long, object> _references = [];
    private readonly Dictionary<long, long> _far = [];
    private readonly List<long> _weights = [];
    private readonly List<bool> _fetched = [];
    private long[] _near = new long[256];

    /// <summary>Entries, which is also the number that MEMOIZE takes next.</summary>
    public long Count { get; private set; }

    /// <returns>The value as it is on the stack from now on: a container gets a number under which its weight is known.</returns>
    public PickleValue Put(long index, PickleValue value, long at)
    {
        if (value.Kind == PickleValueKind.Container)
        {
            _weights.Add(value.Number);
            value = value with { Kind = PickleValueKind.SharedContainer, Number = _weights.Count - 1 };
            _fetched.Add(false);
            (value.Reference as PickleDictionary)?.Share(this, value.Number);
        }

        // A number of over 55 bits finds no room beside its kind. It must not come back as a small one that fits a storage.
        var stored = (value.Number << 8) >> 8 == value.Number ? value : PickleValue.Plain;
        var packed = (stored.Number << 8) | ((long)stored.Kind + 1);
        if (index < MostKept && index <= (Count * 2) + 1024) Near(index, packed);
        else Far(index, packed, at);
        if (value.Reference is not null && value.Kind != PickleValueKind.SharedContainer) _references[index] = value.Reference;
        else _references.Remove(index);
        if (Count > MostKept || _references.Count > MostReferences) throw new BudgetExceededException(Rules.CoreRules.Limit, $"more than {MostKept} values in the memo, or {MostReferences} that are no constants, at {at}");
        return value;
    }

    public PickleValue Get(long index, long at)
    {
        var packed = index >= 0 && index < _near.Length && _near[index] != 0 ? _near[index] : _far.GetValueOrDefault(index);
        if (packed == 0) throw new UnreadableException($"the memo has no entry {index}", at);
        var kind = (PickleValueKind)((packed & 0xff) - 1);
        if (kind == PickleValueKind.SharedContainer) _fetched[(int)(packed >> 8)] = true;
        return new(kind, packed >> 8, _references.GetValueOrDefault(index));
    }

    /// <summary>Whether a container was taken out of the memo again, so that others may fill it than whoever made it.</summary>
    public bool WasFetched(long container) => _fetched[(int)container];

    public long WeightOf(PickleValue container) => container.Kind == PickleValueKind.SharedContainer ? _weights[(int)container.Number] : container.Number;

    public void SetWeight(PickleValue container, long weight) => _weights[(int)container.Number] = weight;

    private void Near(long index, long packed)
    {
        if (index >= _near.Length) Array.Resize(ref _near, (int)Math.Max(index + 1, Math.Min(_near.Length * 2L, MostKept)));
        if (_near[index] == 0 && !_far.Remove(index)) Count++;
        _near[index] = packed;
    }

    private void Far(long index, long packed, long at)
    {
        if (_far.Count >= MostReferences) throw new BudgetExceededException(Rules.CoreRules.Limit, $"the memo is full of holes at {at}");
        if (index >= 0 && index < _near.Length && _near[index] != 0)
        {
            _near[index] = packed;
            return;
        }

        if (!_far.ContainsKey(index)) Count++;
        _far[index] = packed;
    }
}
