using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;
using static CivitaiDownloader.Scanning.Pickles.PickleOpcode;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>
/// Follows one pickle opcode by opcode as the C interpreter does (CPython, Modules/_pickle.c), with symbols in place of values: nothing is imported,
/// called or built. What a call, an import or a persistent id means is asked of <see cref="PickleMeaning"/>.
/// </summary>
internal sealed class PickleMachine(ScanSource source, SourceReader reader, PickleMeaning meaning, CancellationToken cancellationToken)
{
    private const long HeaviestSeen = 1L << 40;
    private const int OpcodesBetweenLooks = 1 << 20;

    private readonly PickleStack _stack = new();
    private readonly PickleMemo _memo = new();
    private long _at;
    private long _frameEnd = -1;
    private long _opcodes;

    /// <summary>Runs to STOP, behind which the reader stands then.</summary>
    /// <exception cref="UnreadableException">The interpreter would give up here.</exception>
    /// <exception cref="BudgetExceededException">It needs more room than the scan has.</exception>
    public void Run()
    {
        while (true)
        {
            if (++_opcodes % OpcodesBetweenLooks == 0) cancellationToken.ThrowIfCancellationRequested();
            PushConstants();
            _at = reader.Position;
            if (_at == _frameEnd) _frameEnd = -1;
            if (reader.Remaining == 0) throw new UnreadableException("it ends without STOP", _at);
            var opcode = (PickleOpcode)reader.ReadByte();
            if (opcode == Stop)
            {
                _ = _stack.Pop(_at); // STOP returns what lies on top, and fails where nothing does
                return;
            }

            Step(opcode);
            if (_frameEnd >= 0 && reader.Position > _frameEnd && opcode != Frame)
            {
                meaning.Broken($"{opcode} crosses the end of its frame", _at);
                _frameEnd = -1;
            }
        }
    }

    /// <summary>Takes the constants that follow in the buffer without a look at each opcode's meaning: most of a long pickle is numbers and short texts.</summary>
    private void PushConstants()
    {
        var window = reader.PeekBuffered();
        var at = reader.Position;
        if (_frameEnd >= 0) window = window[..(int)Math.Clamp(_frameEnd - at, 0, window.Length)]; // what crosses the end of a frame is for the other way
        var next = 0;
        while (window.Length - next > 9)
        {
            var opcode = (PickleOpcode)window[next];
            var from = next;
            switch (opcode)
            {
                case BinInt1:
                    _stack.PushConstant(PickleValueKind.Integer, window[next + 1], at + from);
                    next += 2;
                    continue;
                case BinInt2:
                    _stack.PushConstant(PickleValueKind.Integer, BinaryPrimitives.ReadUInt16LittleEndian(window[(next + 1)..]), at + from);
                    next += 3;
                    continue;
                case BinInt:
                    _stack.PushConstant(PickleValueKind.Integer, BinaryPrimitives.ReadInt32LittleEndian(window[(next + 1)..]), at + from);
                    next += 5;
                    continue;
                case BinFloat:
                    _stack.PushConstant(PickleValueKind.Plain, 0, at + from);
                    next += 9;
                    continue;
                case PickleOpcode.None or NewTrue or NewFalse:
                    _stack.PushConstant(PickleValueKind.Plain, 0, at + from);
                    next++;
                    continue;
                case BinUnicode:
                    var length = BinaryPrimitives.ReadUInt32LittleEndian(window[(next + 1)..]);
                    if (length > (uint)(window.Length - next - 5)) break;
                    _stack.PushConstant(PickleValueKind.Text, at + from, at + from);
                    next += 5 + (int)length;
                    continue;
                case ShortBinUnicode:
                    if (window[next + 1] > window.Length - next - 2) break;
                    _stack.PushConstant(PickleValueKind.Text, at + from, at + from);
                    next += 2 + window[next + 1];
                    continue;
                default: break;
            }

            break;
        }

        reader.Skip(next);
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark: _stack.Mark(_at); break;
            case Pop: _stack.PopOrUnmark(_at); break;
            case PopMark: _ = _stack.PopRun(_at, out _); break;
            case Dup: _stack.Push(_stack.Peek(_at), _at); break;

            case PickleOpcode.None or NewTrue or NewFalse: Push(PickleValue.Plain); break;
            case BinInt: Push(PickleValue.Of(reader.ReadInt32())); break;
            case BinInt1: Push(PickleValue.Of(reader.ReadByte())); break;
            case BinInt2: Push(PickleValue.Of(reader.ReadUInt16())); break;
            case Int or Long: Push(Integer()); break;
            case Long1: Push(LongOf(reader.ReadByte())); break;
            case Long4: Push(LongOf(reader.ReadInt32())); break;
            case Float: ReadFloat(); break;
            case BinFloat: reader.Skip(8); Push(PickleValue.Plain); break;

            case PickleOpcode.String or Unicode: Line(opcode); break;
            case ShortBinString: ByteString(reader.ReadByte()); break;
            case BinString: ByteString(reader.ReadInt32()); break;
            case ShortBinUnicode: Counted(PickleValueKind.Text, reader.ReadByte()); break;
            case BinUnicode: Counted(PickleValueKind.Text, reader.ReadUInt32()); break;
            case BinUnicode8: Counted(PickleValueKind.Text, reader.ReadUInt64()); break;
            case ShortBinBytes: Counted(PickleValueKind.Bytes, reader.ReadByte()); break;
            case BinBytes: Counted(PickleValueKind.Bytes, reader.ReadUInt32()); break;
            case BinBytes8 or ByteArray8: Counted(PickleValueKind.Bytes, reader.ReadUInt64()); break;
            case NextBuffer: meaning.OutOfBand(_at); Push(PickleValue.Plain); break;
            case ReadOnlyBuffer: _ = _stack.Peek(_at); break;

            case EmptyTuple: Push(PickleValue.Tuple([])); break;
            case Tuple1: PushTuple(1); break;
            case Tuple2: PushTuple(2); break;
            case Tuple3: PushTuple(3); break;
            case PickleOpcode.Tuple: Push(TupleOf(_stack.PopRun(_at, out var length), length)); break;
            case EmptyList or EmptySet: Push(PickleValue.Container(1)); break;
            case EmptyDict: Push(PickleValue.Container(1, new PickleDictionary())); break;
            case List or FrozenSet: Push(PickleValue.Container(WeightOf(_stack.PopRun(_at, out var count), count))); break;
            case Dict: DictOf(_stack.PopRun(_at, out var entries), entries); break;
            case Append: { var item = _stack.Pop(_at); Fill(opcode, WeightOf(item), [item]); break; }
            case Appends or AddItems or SetItems: { var run = _stack.PopRun(_at, out var items); Fill(opcode, WeightOf(run, items), run); break; }
            case SetItem: { var (value, key) = (_stack.Pop(_at), _stack.Pop(_at)); Fill(opcode, WeightOf(value) + WeightOf(key), [key, value]); break; }

            case Get: Push(_memo.Get(MemoLine(), _at)); break;
            case BinGet: Push(_memo.Get(reader.ReadByte(), _at)); break;
            case LongBinGet: Push(_memo.Get(reader.ReadUInt32(), _at)); break;
            case Put: Memoize(MemoLine()); break;
            case BinPut: Memoize(reader.ReadByte()); break;
            case LongBinPut: Memoize(reader.ReadUInt32()); break;
            case PickleOpcode.Memoize: Memoize(_memo.Count); break;

            case Global: Push(meaning.Import(ReadName(), ReadName(), opcode, _at)); break;
            case StackGlobal: { var (name, module) = (_stack.Pop(_at), _stack.Pop(_at)); Push(meaning.Import(TextOf(module), TextOf(name), opcode, _at)); break; }
            case Ext1: Push(meaning.Extension(reader.ReadByte(), _at)); break;
            case Ext2: Push(meaning.Extension(reader.ReadUInt16(), _at)); break;
            case Ext4: Push(meaning.Extension(reader.ReadInt32(), _at)); break;
            case Inst: { var target = meaning.Import(ReadName(), ReadName(), opcode, _at); PushCall(target, TupleOf(_stack.PopRun(_at, out var items), items), opcode); break; }
            case Obj: { var run = _stack.PopRun(_at, out var items); PushObject(run, items); break; }
            case Reduce or NewObj: { var (arguments, target) = (_stack.Pop(_at), _stack.Pop(_at)); PushCall(target, arguments, opcode); break; }
            case NewObjEx: { var (named, arguments, target) = (_stack.Pop(_at), _stack.Pop(_at), _stack.Pop(_at)); _ = named; PushCall(target, arguments, opcode); break; }
            case Build: { var state = _stack.Pop(_at); SetState(_stack.Peek(_at), state); break; }
            case PersId: { var text = ReadName(); Push(meaning.PersistentText(text, _at)); break; }
            case BinPersId: Push(meaning.Persistent(_stack.Pop(_at), _at)); break;

            case Proto: { var version = reader.ReadByte(); meaning.Protocol(version, _at); break; }
            case Frame: OpenFrame(reader.ReadUInt64()); break;
            default: throw new UnreadableException($"0x{(byte)opcode:x2} is no opcode", _at);
        }
    }

    private void Push(PickleValue value) => _stack.Push(value, _at);

    private void PushObject(ReadOnlySpan<PickleValue> run, long length)
    {
        if (run.IsEmpty) throw new UnreadableException("OBJ has nothing to make an instance of", _at);
        PushCall(run[0], TupleOf(run[1..], length - 1), Obj);
    }

    private void PushCall(PickleValue target, PickleValue arguments, PickleOpcode opcode)
    {
        var made = meaning.Call(target, arguments, opcode, _at);
        var weight = WeightOf(arguments);
        if (made is { Kind: PickleValueKind.Instance, Reference: PickleImport and not PickleHolder and var import } && (weight > PickleMeaning.HeaviestTuple || ImportLists.HoldsItems(import))) made = made with { Reference = new PickleHolder(import) { Weight = weight } };
        Push(made);
    }

    private void SetState(PickleValue target, PickleValue state)
    {
        meaning.Build(target, state, _at);
        if (target.Reference is PickleHolder holder) Grow(holder, WeightOf(state));
        if (!InlineArray.Describes(target)) return;
        if (_frameEnd >= 0 && _frameEnd != reader.Position) meaning.Broken("an array's numbers stand within a frame", _at);
        _frameEnd = -1;
        InlineArray.Pass(state, source, reader, meaning, _at);
    }

    private string? TextOf(PickleValue value) => value.Kind == PickleValueKind.Text ? PickleText.Read(source, value.Number) : null;

    private void PushTuple(int count)
    {
        var items = new PickleValue[count];
        _stack.PopInto(items, _at);
        var weight = WeightOf(items, count);
        Push(weight <= PickleMeaning.HeaviestTuple ? PickleValue.Tuple(items) : HeavyTuple(weight));
    }

    private PickleValue TupleOf(ReadOnlySpan<PickleValue> run, long length)
    {
        var weight = WeightOf(run, length);
        return length <= PickleMeaning.MostItemsKept && run.Length == length && weight <= PickleMeaning.HeaviestTuple ? PickleValue.Tuple(run.ToArray()) : HeavyTuple(weight);
    }

    private PickleValue HeavyTuple(long weight)
    {
        meaning.Weighs(weight, reader.Length, _at);
        return PickleValue.Container(weight);
    }

    private void DictOf(ReadOnlySpan<PickleValue> run, long length)
    {
        var items = new PickleDictionary();
        items.Add(run);
        Push(PickleValue.Container(WeightOf(run, length), items));
    }

    // A container that holds itself twice, and that one itself twice …: small here, and endless for whoever walks it.
    private long WeightOf(PickleValue value) => value.Kind switch
    {
        PickleValueKind.Container or PickleValueKind.SharedContainer => _memo.WeightOf(value),
        PickleValueKind.Tuple => 1 + Sum(value.Items!),
        PickleValueKind.Instance when value.Reference is PickleHolder holder => 1 + holder.Weight,
        _ => 1,
    };

    private long WeightOf(ReadOnlySpan<PickleValue> run, long length) => Math.Min(HeaviestSeen, 1 + Sum(run) + length - run.Length);

    private long Sum(ReadOnlySpan<PickleValue> values)
    {
        long sum = 0;
        foreach (ref readonly var value in values)
        {
            if (value.Kind is PickleValueKind.Plain or PickleValueKind.Integer or PickleValueKind.Text or PickleValueKind.Bytes) sum++;
            else sum = Math.Min(HeaviestSeen, sum + WeightOf(value));
        }

        return sum;
    }

    private void Grow(PickleHolder holder, long weight)
    {
        holder.Weight = Math.Min(HeaviestSeen, holder.Weight + weight);
        meaning.Weighs(holder.Weight, reader.Length, _at);
    }

    private void Fill(PickleOpcode opcode, long weight, ReadOnlySpan<PickleValue> items)
    {
        var target = _stack.Peek(_at);
        meaning.Fill(target, opcode, _at);
        if (target is { Kind: PickleValueKind.Instance, Reference: PickleHolder holder }) Grow(holder, weight);
        if (target.Kind is not (PickleValueKind.Container or PickleValueKind.SharedContainer)) return;
        var total = Math.Min(HeaviestSeen, _memo.WeightOf(target) + weight);
        meaning.Weighs(total, reader.Length, _at);
        if (opcode is SetItem or SetItems) (target.Reference as PickleDictionary)?.Add(items);
        if (target.Kind == PickleValueKind.SharedContainer) _memo.SetWeight(target, total);
        else _stack.Replace(target with { Number = total });
    }

    private void Memoize(long index)
    {
        meaning.MemoIndex(index, _memo.Count, _at);
        _stack.Replace(_memo.Put(index, _stack.Peek(_at), _at));
    }

    private PickleValue Integer()
    {
        return PickleNumber.TryParseInteger(ReadNumber(), out var value) ? value : throw new UnreadableException("a number that is none", _at);
    }

    private PickleValue LongOf(int length)
    {
        if (length < 0) throw new UnreadableException("a number of a negative length", _at);
        if (length > 8)
        {
            reader.Skip(length);
            return PickleValue.Plain;
        }

        Span<byte> bytes = stackalloc byte[8];
        var given = reader.Window(length);
        bytes.Fill(length > 0 && given[^1] >= 0x80 ? (byte)0xff : (byte)0);
        given.CopyTo(bytes);
        return PickleValue.Of(BinaryPrimitives.ReadInt64LittleEndian(bytes));
    }

    private void ReadFloat()
    {
        if (!PickleNumber.IsFloat(ReadNumber())) throw new UnreadableException("a number that is none", _at);
        Push(PickleValue.Plain);
    }

    private void Line(PickleOpcode opcode)
    {
        var line = ReadLine(out var length);
        Push(new(PickleValueKind.Text, _at));
        if (opcode != PickleOpcode.String || length > PickleText.Longest) return;
        if (PickleText.Quoted(line) is not { } text) throw new UnreadableException("a text whose quotes or escapes are refused", _at);
        meaning.QuotedBytes(text, _at);
    }

    private void Counted(PickleValueKind kind, long length)
    {
        if (length < 0) throw new UnreadableException("a value of a negative length", _at);
        var start = reader.Position;
        var mayHoldFile = kind == PickleValueKind.Bytes && length > PickleMeaning.ShortestNested && NestedConstants.MayBeFile(reader.PeekBuffered(), length);
        reader.Skip(length);
        Push(new(kind, _at));
        if (mayHoldFile) meaning.Constant(new(start, length));
    }

    // Bytes to the old interpreter, text to the new one.
    private void ByteString(long length)
    {
        Counted(PickleValueKind.Bytes, length);
        _stack.Replace(_stack.Peek(_at) with { Kind = PickleValueKind.Text });
    }

    private void Counted(PickleValueKind kind, ulong length) => Counted(kind, length <= long.MaxValue ? (long)length : throw new UnreadableException($"{length} bytes are announced where {reader.Remaining} are left", _at));

    private long MemoLine() => PickleNumber.TryParseInteger(ReadNumber(), out var value) && value is { Kind: PickleValueKind.Integer, Number: >= 0 } ? value.Number : throw new UnreadableException("a memo number that is none", _at);

    private string? ReadName()
    {
        var line = ReadLine(out var length);
        return length > PickleText.Longest ? null : PickleText.Utf8(line);
    }

    private ReadOnlySpan<byte> ReadNumber()
    {
        var line = ReadLine(out var length);
        return length > PickleText.Longest ? "0"u8 : line; // thousands of digits, whose value nothing hangs on
    }

    /// <returns>The line without its end, valid until the next read; its beginning when it is longer than any name.</returns>
    private ReadOnlySpan<byte> ReadLine(out long length)
    {
        var window = reader.PeekBuffered();
        var end = window.IndexOf((byte)'\n');
        if (end >= 0)
        {
            length = end;
            return reader.Window(end + 1)[..end];
        }

        var start = reader.Position;
        length = SkipLine();
        return source.Peek(start, (int)Math.Min(length, PickleText.Longest));
    }

    /// <returns>The line's length without its end.</returns>
    private long SkipLine()
    {
        var start = reader.Position;
        while (true)
        {
            var window = reader.PeekBuffered();
            if (window.IsEmpty) throw new UnreadableException("it ends within a line", _at);
            var end = window.IndexOf((byte)'\n');
            if (end < 0)
            {
                reader.Skip(window.Length);
                continue;
            }

            var length = reader.Position + end - start;
            reader.Skip(end + 1);
            return length;
        }
    }

    private void OpenFrame(ulong length)
    {
        if (_frameEnd >= 0 && reader.Position < _frameEnd) meaning.Broken("a frame begins within a frame", _at);
        if (length > (ulong)reader.Remaining)
        {
            meaning.Broken($"a frame of {length} bytes where {reader.Remaining} are left", _at);
            return;
        }

        _frameEnd = reader.Position + (long)length;
    }
}
