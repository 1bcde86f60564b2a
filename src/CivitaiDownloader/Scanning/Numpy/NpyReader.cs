using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Pickles;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Numpy;

/// <summary>One array in numpy's own format (numpy/lib/format.py): a mark, a version, the length of a header, a literal, and the elements. An array of objects is a pickle behind its header.</summary>
internal sealed class NpyReader : IContentReader
{
    // numpy refuses longer ones, as reading them has crashed interpreters.
    private const int LongestHeader = 10_000;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        reader.Skip(6);
        var version = reader.ReadByte();
        reader.Skip(1);
        if (version is 0 or > 3) throw new UnreadableException($"version {version}, where 1, 2 and 3 exist", 6);
        long length = version == 1 ? reader.ReadUInt16() : reader.ReadUInt32();
        if (length > LongestHeader)
        {
            state.Report(NumpyRules.Header, item, $"a header of {length} bytes, where numpy takes {LongestHeader}", 8);
            return ContentKind.Npy;
        }

        var headerAt = reader.Position;
        var text = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(reader.Window((int)length));
        if (Describe(text) is not var (type, shape))
        {
            state.Report(NumpyRules.Header, item, "the header is no description of an array", headerAt);
            return ContentKind.Npy;
        }

        if (type.HoldsObjects) ReadObjects(item, state, reader.Position);
        else CheckSize(item, state, reader.Position, type.Bytes, shape);
        return ContentKind.Npy;
    }

    private static (ElementType Type, List<long> Shape)? Describe(string text)
    {
        try
        {
            if (new PythonLiteral(text).Read() is not Dictionary<string, object> { Count: 3 } header) return null;
            if (!header.TryGetValue("descr", out var description) || ElementType.Of(description) is not { } type) return null;
            if (!header.TryGetValue("fortran_order", out var order) || order is not bool || !header.TryGetValue("shape", out var sizes) || sizes is not List<object> list || !list.TrueForAll(size => size is long and >= 0L)) return null;
            return (type, list.ConvertAll(size => (long)size));
        }
        catch (UnreadableException)
        {
            return null;
        }
    }

    private static void ReadObjects(ScanItem item, ScanState state, long at)
    {
        var pickle = item with { Source = item.Source.Slice(at, item.Source.Length - at) };
        PickleReader.Read(pickle, state, storages: null);
    }

    private static void CheckSize(ScanItem item, ScanState state, long at, long width, List<long> shape)
    {
        Int128 needed = width;
        foreach (var size in shape) needed = shape.Contains(0) ? 0 : Int128.Min(needed * size, Int128.MaxValue / long.MaxValue);
        var left = item.Source.Length - at;
        if (needed > left) state.Report(NumpyRules.Size, item, $"its shape asks for {needed} bytes where {left} are left", at);
        else Leftover.Check(item, state, at + (long)needed, left - (long)needed, "behind the array's last element");
    }
}
