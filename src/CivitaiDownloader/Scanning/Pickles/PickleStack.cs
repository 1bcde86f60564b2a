using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>The interpreter's stack and its marks. Long runs of constants are folded into one entry, so that a tuple of a million numbers needs no room.</summary>
internal sealed class PickleStack
{
    private const int FoldFrom = 64 * 1024, LeftApart = 1024, MostEntries = 512 * 1024, MostMarks = 512 * 1024;

    private readonly Stack<int> _marks = new();
    private PickleValue[] _entries = new PickleValue[256];
    private long[]? _folded; // constants that an entry stands for beside itself; null as long as nothing was folded
    private int _count;
    private int _floor; // where the last mark lies

    public void Push(PickleValue value, long at)
    {
        var (entries, count) = (_entries, _count);
        if ((uint)count >= (uint)entries.Length)
        {
            MakeRoom(at);
            (entries, count) = (_entries, _count);
        }

        entries[count] = value;
        if (_folded is not null) _folded[count] = 0;
        _count = count + 1;
    }

    /// <summary>As <see cref="Push"/>, of what refers to nothing.</summary>
    public void PushConstant(PickleValueKind kind, long number, long at)
    {
        if (_count == _entries.Length) MakeRoom(at);
        _entries[_count] = new(kind, number);
        if (_folded is not null) _folded[_count] = 0;
        _count++;
    }

    public PickleValue Peek(long at) => _count > _floor ? _entries[_count - 1] : throw Underflow(at);

    /// <summary>Puts another value in the place of the top one, which <see cref="Peek"/> has shown to be there.</summary>
    public void Replace(PickleValue value) => _entries[_count - 1] = value;

    public PickleValue Pop(long at)
    {
        var value = Peek(at);
        if (_folded is null || _folded[_count - 1] == 0) _entries[--_count] = default;
        else (_folded[_count - 1], _entries[_count - 1]) = (_folded[_count - 1] - 1, PickleValue.Plain); // which constant it was is forgotten; a name made of it counts as computed
        return value;
    }

    /// <summary>Takes off as many values as <paramref name="items"/> has room for, the lowest first.</summary>
    public void PopInto(Span<PickleValue> items, long at)
    {
        if (_folded is not null)
        {
            for (var index = items.Length - 1; index >= 0; index--) items[index] = Pop(at);
            return;
        }

        if (_count - items.Length < _floor) throw Underflow(at);
        _count -= items.Length;
        var taken = _entries.AsSpan(_count, items.Length);
        taken.CopyTo(items);
        taken.Clear();
    }

    public void Mark(long at)
    {
        if (_marks.Count == MostMarks) throw new BudgetExceededException(CoreRules.Limit, $"more than {MostMarks} marks at {at}");
        _marks.Push(_count);
        _floor = _count;
    }

    /// <summary>POP as the interpreter does it: a mark that lies on top goes before a value does.</summary>
    public void PopOrUnmark(long at)
    {
        if (_marks.Count > 0 && _floor == _count) Unmark();
        else _ = Pop(at);
    }

    /// <summary>What lies above the last mark, which it takes off as well; for as long as nothing is pushed.</summary>
    /// <param name="length">Values in all: long runs of constants are one entry.</param>
    public ReadOnlySpan<PickleValue> PopRun(long at, out long length)
    {
        if (_marks.Count == 0) throw new UnreadableException("there is no mark to go back to", at);
        var mark = Unmark();
        var count = _count - mark;
        length = count;
        if (_folded is not null)
        {
            foreach (var more in _folded.AsSpan(mark, count)) length += more;
        }

        _count = mark;
        return _entries.AsSpan(mark, count);
    }

    private int Unmark()
    {
        var mark = _marks.Pop();
        _floor = _marks.TryPeek(out var before) ? before : 0;
        return mark;
    }

    private void MakeRoom(long at)
    {
        if (_entries.Length >= FoldFrom) Fold();
        if (_count < _entries.Length * 3 / 4) return;
        if (_entries.Length >= MostEntries) throw new BudgetExceededException(CoreRules.Limit, $"more than {MostEntries} values on the stack at {at}");
        Array.Resize(ref _entries, _entries.Length * 2);
        if (_folded is not null) Array.Resize(ref _folded, _entries.Length);
    }

    private void Fold()
    {
        _folded ??= new long[_entries.Length];
        var (to, from, end) = (_floor, _floor, _count - LeftApart);
        for (; from < end; from++)
        {
            if (to > _floor && _entries[from].IsFoldable && _entries[to - 1].IsFoldable)
            {
                (_entries[to - 1], _folded[to - 1]) = (PickleValue.Plain, _folded[to - 1] + _folded[from] + 1);
                continue;
            }

            (_entries[to], _folded[to]) = (_entries[from], _folded[from]);
            to++;
        }

        var rest = _count - from;
        if (rest < 0) return;
        Array.Copy(_entries, from, _entries, to, rest);
        Array.Copy(_folded, from, _folded, to, rest);
        Array.Clear(_entries, to + rest, _count - to - rest);
        _count = to + rest;
    }

    private static UnreadableException Underflow(long at) => new("more is taken off the stack than lies on it", at);
}
