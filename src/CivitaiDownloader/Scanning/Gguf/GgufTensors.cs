using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Gguf;

/// <summary>What the tensors are said to be, held against where they lie: one behind the other, each padded, up to the end of the file.</summary>
internal sealed class GgufTensors(SourceReader reader, ScanItem item, ScanState state, long alignment)
{
    private const int MaxTensors = 200_000, SmallestTensor = 8 + 1 + 4 + 8 + 4 + 8, NameBytes = 64;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(long Start, long Length)> _paddings = [];

    public void Read(ulong tensors)
    {
        if (tensors > (ulong)(reader.Remaining / SmallestTensor)) throw new UnreadableException($"{tensors} tensors are announced in {reader.Remaining} bytes", 8);
        if (tensors > MaxTensors) throw new BudgetExceededException(CoreRules.Limit, $"{tensors} tensors, of which {MaxTensors} would be read");
        long end = 0, padded = 0;
        for (var index = 0UL; index < tensors; index++)
        {
            var bytes = ReadTensor(padded);
            end = checked(padded + bytes);
            padded = checked(end + Padding(end));
            if (padded > reader.Length) throw new UnreadableException($"tensors of {padded} bytes in a file of {reader.Length}", reader.Position);
            if (padded > end) _paddings.Add((end, padded - end));
        }

        CheckEnd(tensors == 0, end, padded);
    }

    private long ReadTensor(long expectedOffset)
    {
        var at = reader.Position;
        var name = ReadName(at);
        var dimensions = reader.ReadUInt32();
        if (dimensions is 0 or > 4) throw new UnreadableException($"the tensor '{name}' has {dimensions} dimensions", at);
        Int128 elements = 1;
        long row = 1;
        for (var index = 0; index < dimensions; index++)
        {
            var length = reader.ReadInt64();
            if (length <= 0) throw new UnreadableException($"the tensor '{name}' has a dimension of {length}", at);
            if (index == 0) row = length;
            elements *= length;
            if (elements > long.MaxValue) throw new UnreadableException($"the tensor '{name}' has more elements than can be counted", at);
        }

        var type = reader.ReadInt32();
        if (GgufTensorTypes.Block(type) is not { } block) throw new UnreadableException($"the tensor '{name}' is of type {type}, which there is not", at);
        if (row % block.Elements != 0) throw new UnreadableException($"the tensor '{name}' has rows of {row} elements, and its blocks hold {block.Elements}", at);
        var bytes = elements / block.Elements * block.Bytes;
        if (bytes > reader.Length) throw new UnreadableException($"the tensor '{name}' takes {bytes} bytes in a file of {reader.Length}", at);
        var offset = reader.ReadUInt64();
        if (offset != (ulong)expectedOffset) throw new UnreadableException($"the tensor '{name}' lies at {offset} where {expectedOffset} is its place", at);
        return (long)bytes;
    }

    private string ReadName(long at)
    {
        var length = reader.ReadUInt64();
        if (length is 0 or >= NameBytes) throw new UnreadableException($"a tensor's name of {length} bytes", at);
        var name = Encoding.Latin1.GetString(reader.Window((int)length)); // compared byte by byte, whatever they mean
        if (!_names.Add(name)) throw new UnreadableException($"the tensor '{name}' stands there twice", at);
        return name;
    }

    // The last tensor may or may not be padded; in front of the first there is padding in any case.
    private void CheckEnd(bool isEmpty, long end, long padded)
    {
        var headerEnd = reader.Position;
        var start = headerEnd + Padding(headerEnd);
        if (isEmpty && reader.Length <= start) (end, padded) = (0, 0);
        if (start + end > reader.Length && !isEmpty) throw new UnreadableException($"the tensors end at {start + end} in a file of {reader.Length} bytes", headerEnd);
        Leftover.Check(item, state, headerEnd, Math.Min(start, reader.Length) - headerEnd, "in front of the tensors", LeftoverTolerance.Zeros);
        foreach (var (at, length) in _paddings) Leftover.Check(item, state, start + at, length, "between tensors", LeftoverTolerance.Zeros);
        if (start + padded < reader.Length) Leftover.Check(item, state, start + padded, reader.Length - start - padded, "behind the last tensor");
    }

    private long Padding(long position) => (alignment - (position % alignment)) % alignment;
}
