using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Protobuf;

/// <summary>Models that are protocol buffers have no mark: they are known by fields that only they have, in a walk that fits the file.</summary>
internal static class ProtobufShape
{
    private const int MostFields = 100_000;

    public static ContentKind? Of(ScanSource source)
    {
        if (source.Peek(0, 1) is not [0x08 or 0x0a or 0x12 or 0x1a or 0x22 or 0x3a or 0x42, ..]) return null;
        using var reader = new SourceReader(source);
        var walker = new ProtobufWalker(reader, CancellationToken.None);
        if (BeginsLikeOnnx(walker)) return ContentKind.Onnx;
        if (Fields(walker, 0, source.Length) is not { } fields) return null;
        if (IsOnnx(walker, fields)) return ContentKind.Onnx;
        return IsSavedModel(walker, fields) || IsGraph(walker, fields) || IsKerasMetadata(walker, fields) ? ContentKind.SavedModel : null;
    }

    // A version, the producer's name, a graph or more of the producer: so even when what follows is cut or lies.
    private static bool BeginsLikeOnnx(ProtobufWalker walker)
    {
        try
        {
            var version = walker.Next(0, walker.Length);
            if (version is not { Number: 1, Wire: ProtobufWire.Varint, Value: >= 1 and < 100 }) return false;
            var producer = walker.Next(version.End, walker.Length);
            if (!producer.IsBytes(2) || producer.Length is 0 or > 256 || !IsWord(walker.Text(producer))) return false;
            var tag = walker.Next(producer.End, walker.Length);
            return (tag.IsBytes(3) && tag.Length <= 256 && IsWord(walker.Text(tag))) || (tag.IsBytes(7) && IsGraphOfOnnx(walker, tag)) || tag.IsBytes(8);
        }
        catch (UnreadableException)
        {
            return false;
        }
    }

    // onnx.proto, ModelProto: numbers 1 and 5 are numbers, the others are not, and there is a graph.
    private static bool IsOnnx(ProtobufWalker walker, List<ProtobufField> fields) =>
        fields.TrueForAll(field => field.Number is 1 or 5 ? field.Wire == ProtobufWire.Varint : field.Wire == ProtobufWire.Bytes && field.Number is 2 or 3 or 4 or 6 or 7 or 8 or 14 or 20 or 25 or 26)
        && fields.Find(field => field.Number == 7) is { Number: 7 } graph && IsGraphOfOnnx(walker, graph);

    private static bool IsGraphOfOnnx(ProtobufWalker walker, ProtobufField graph) =>
        Fields(walker, graph.Start, graph.End) is { } inner && inner.TrueForAll(field => field.Wire == ProtobufWire.Bytes && field.Number is 1 or 2 or 5 or (>= 10 and <= 16)) && inner.Exists(field => field.Number is 1 or 2 or 5 or 11 or 12);

    // saved_model.proto: a version and graphs, each with what saved models are made of.
    private static bool IsSavedModel(ProtobufWalker walker, List<ProtobufField> fields) =>
        fields.TrueForAll(field => field is { Number: 1, Wire: ProtobufWire.Varint } || field.IsBytes(2)) && fields.Exists(field => field.IsBytes(2))
        && fields.Where(field => field.Number == 2).All(meta => Fields(walker, meta.Start, meta.End) is { Count: > 0 } inner && inner.TrueForAll(field => field.Wire == ProtobufWire.Bytes && field.Number is >= 1 and <= 7));

    // graph.proto: nodes with a name and an operation.
    private static bool IsGraph(ProtobufWalker walker, List<ProtobufField> fields) =>
        fields.TrueForAll(field => field.Number == 3 ? field.Wire == ProtobufWire.Varint : field.Wire == ProtobufWire.Bytes && field.Number is 1 or 2 or 4 or 5) && fields.Exists(field => field.Number == 1)
        && fields.Where(field => field.Number == 1).Take(100).All(node => Fields(walker, node.Start, node.End) is { } inner && inner.TrueForAll(field => field.Wire == ProtobufWire.Bytes && field.Number is >= 1 and <= 7) && inner.Exists(field => field.Number == 2 && field.Length is > 0 and < 200 && IsWord(walker.Text(field))));

    // saved_metadata.proto of Keras: objects whose fifth field is JSON.
    private static bool IsKerasMetadata(ProtobufWalker walker, List<ProtobufField> fields) =>
        fields.Count > 0 && fields.TrueForAll(field => field.IsBytes(1)) && Fields(walker, fields[0].Start, fields[0].End) is { } inner && inner.Exists(field => field.IsBytes(4) && walker.Text(field, 7).StartsWith("_tf_ker", StringComparison.Ordinal));

    private static bool IsWord(string text) => !text.Any(letter => letter is < ' ' or > '~');

    private static List<ProtobufField>? Fields(ProtobufWalker walker, long start, long end)
    {
        var fields = new List<ProtobufField>();
        try
        {
            for (var at = start; at < end; at = fields[^1].End)
            {
                if (fields.Count == MostFields) return fields;
                fields.Add(walker.Next(at, end));
            }

            return fields;
        }
        catch (UnreadableException)
        {
            return null;
        }
    }
}
