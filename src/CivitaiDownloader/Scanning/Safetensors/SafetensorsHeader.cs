using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Safetensors;

/// <summary>Reads a header as strictly as the format is written: strict JSON, strict UTF-8, no name twice at any level, nothing that is not asked for.</summary>
internal sealed class SafetensorsHeader
{
    private const int LongestHeader = 100_000_000, MostTensors = 200_000, LongestName = 64 * 1024;

    private readonly HashSet<UInt128> _names = [];
    private readonly List<(long Start, long End)> _ranges = [];
    private readonly ScanSource _source;
    private readonly HeaderTokens _tokens;

    private SafetensorsHeader(ScanSource source, int length)
    {
        _source = source;
        DataStart = 8 + length;
        _tokens = new(source, 8, length);
    }

    /// <summary>Behind the header.</summary>
    public long DataStart { get; }

    /// <summary>Where each tensor's bytes lie, from the beginning of the file, in order.</summary>
    public IEnumerable<(long Start, long Length)> Tensors => _ranges.Select(range => (DataStart + range.Start, range.End - range.Start));

    /// <summary>Behind the last tensor.</summary>
    public long End { get; private set; }

    public bool HasLeadingSpace { get; private set; }

    /// <exception cref="SafetensorsFault">The reference reader would refuse it.</exception>
    /// <exception cref="BudgetExceededException">It has more tensors than are looked at.</exception>
    public static SafetensorsHeader Read(ScanSource source)
    {
        var head = source.Peek(0, 9);
        if (head.Length < 8) throw Fault(SafetensorsRules.Header, $"{head.Length} bytes, where the header's length alone has eight", 0);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(head);
        if (length > LongestHeader) throw Fault(SafetensorsRules.Header, $"a header of {length} bytes, where {LongestHeader} are allowed", 0);
        if (length > (ulong)(source.Length - 8)) throw Fault(SafetensorsRules.Header, $"a header of {length} bytes in a file of {source.Length}", 0);
        if (length < 2) throw Fault(SafetensorsRules.Header, $"a header of {length} bytes", 0);
        var header = new SafetensorsHeader(source, (int)length) { HasLeadingSpace = head.Length > 8 && head[8] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' };
        header.ReadObject();
        header.CheckRanges();
        return header;
    }

    private void ReadObject()
    {
        try
        {
            Expect(JsonTokenType.StartObject, "the header is no object");
            while (Next() != JsonTokenType.EndObject)
            {
                var name = _tokens.Text(LongestName);
                if (!_names.Add(Digest(name))) throw Fault(SafetensorsRules.Header, $"the name '{name}' comes twice");
                Expect(JsonTokenType.StartObject, $"'{name}' is no object");
                if (name == "__metadata__") ReadMetadata();
                else ReadTensor(name);
            }

            _tokens.ExpectEnd();
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Fault(SafetensorsRules.Header, $"the header is no strict JSON: {refused.Message.Split(" LineNumber")[0]}");
        }
    }

    private void ReadMetadata()
    {
        var keys = new HashSet<UInt128>();
        while (Next() != JsonTokenType.EndObject)
        {
            var key = _tokens.Text(LongestName);
            if (!keys.Add(Digest(key))) throw Fault(SafetensorsRules.Header, $"the metadata '{key}' comes twice");
            Expect(JsonTokenType.String, $"the metadata '{key}' is no text");
            _tokens.CheckText();
        }
    }

    private void ReadTensor(string name)
    {
        string? type = null;
        UInt128? elements = null;
        (long Start, long End)? range = null;
        var fields = 0;
        while (Next() != JsonTokenType.EndObject)
        {
            fields++;
            switch (_tokens.Text(LongestName))
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String, $"the type of '{name}' is no text");
                    type = _tokens.Text(LongestName);
                    break;
                case "shape" when elements is null: elements = ReadShape(name); break;
                case "data_offsets" when range is null: range = ReadOffsets(name); break;
                case var other: throw Fault(SafetensorsRules.Header, $"'{name}' has the field '{other}' {(other is "dtype" or "shape" or "data_offsets" ? "twice" : "which the format does not know")}");
            }
        }

        if (type is null || elements is not { } count || range is not { } place || fields != 3) throw Fault(SafetensorsRules.Header, $"'{name}' lacks {(type is null ? "its type" : elements is null ? "its shape" : "its offsets")}");
        CheckSize(name, type, count, place);
        if (_ranges.Count == MostTensors) throw new BudgetExceededException(CoreRules.Limit, $"more than {MostTensors} tensors");
        _ranges.Add(place);
    }

    private void CheckSize(string name, string type, UInt128 elements, (long Start, long End) place)
    {
        var bits = TensorType.BitsOf(type);
        if (bits == 0) throw Fault(SafetensorsRules.Header, $"'{name}' is of the type '{type}', which the format does not know");
        if (place.End < place.Start) throw Fault(SafetensorsRules.Offsets, $"'{name}' ends before it begins");
        if (elements > (UInt128)long.MaxValue || elements * (UInt128)bits % 8 != 0 || elements * (UInt128)bits / 8 != (UInt128)(ulong)(place.End - place.Start))
            throw Fault(SafetensorsRules.Size, $"'{name}' has {elements} elements of {bits} bits in {place.End - place.Start} bytes");
    }

    /// <returns>The product; one that does not fit ends beyond what any file has.</returns>
    private UInt128 ReadShape(string name)
    {
        UInt128 elements = 1;
        var (hasZero, isLarge) = (false, false);
        Expect(JsonTokenType.StartArray, $"the shape of '{name}' is no list");
        while (Next() != JsonTokenType.EndArray)
        {
            var size = Unsigned($"a dimension of '{name}'");
            hasZero |= size == 0;
            isLarge |= size > 0 && elements > ulong.MaxValue / size;
            elements = isLarge ? ulong.MaxValue : elements * size;
        }

        // The reference reader multiplies from the left and refuses what does not fit, a zero further on or not.
        if (isLarge) throw Fault(SafetensorsRules.Size, $"the dimensions of '{name}' come to more than 64 bits");
        return hasZero ? 0 : elements;
    }

    private (long Start, long End) ReadOffsets(string name)
    {
        Expect(JsonTokenType.StartArray, $"the offsets of '{name}' are no list");
        _ = Next();
        var start = Unsigned($"the first offset of '{name}'");
        _ = Next();
        var end = Unsigned($"the second offset of '{name}'");
        Expect(JsonTokenType.EndArray, $"'{name}' has more than two offsets");
        if (start > long.MaxValue || end > long.MaxValue) throw Fault(SafetensorsRules.Offsets, $"'{name}' lies at {start} to {end}, beyond any file");
        return ((long)start, (long)end);
    }

    private void CheckRanges()
    {
        _ranges.Sort();
        long at = 0;
        foreach (var (start, end) in _ranges)
        {
            if (start != at) throw Fault(SafetensorsRules.Offsets, start > at ? $"{start - at} bytes of the data from {at} on belong to no tensor" : $"two tensors share the bytes from {start} to {Math.Min(at, end)}", DataStart + Math.Min(start, at));
            at = end;
        }

        if (at > _source.Length - DataStart) throw Fault(SafetensorsRules.Offsets, $"the tensors need {at} bytes where {_source.Length - DataStart} are there", DataStart);
        End = DataStart + at;
    }

    // Digits alone: no sign, fraction or exponent.
    private ulong Unsigned(string what)
    {
        if (_tokens.Type == JsonTokenType.Number && _tokens.TryUnsigned(out var value)) return value;
        throw Fault(SafetensorsRules.Header, $"{what} is no whole number of at most 64 bits");
    }

    private JsonTokenType Next() => _tokens.Next();

    private void Expect(JsonTokenType type, string otherwise)
    {
        if (Next() != type) throw Fault(SafetensorsRules.Header, otherwise);
    }

    private SafetensorsFault Fault(Rule rule, string message) => new(rule, message, _tokens.Position);

    private static SafetensorsFault Fault(Rule rule, string message, long offset) => new(rule, message, offset);

    private static UInt128 Digest(string name) => XxHash128.HashToUInt128(System.Runtime.InteropServices.MemoryMarshal.AsBytes(name.AsSpan()));
}
