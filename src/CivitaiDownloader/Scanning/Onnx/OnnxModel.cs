using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Protobuf;

namespace CivitaiDownloader.Scanning.Onnx;

/// <summary>Goes through a model's messages by the numbers of onnx.proto and hands what can do harm to the judge.</summary>
internal sealed class OnnxModel(ProtobufWalker walker, ScanItem item, ScanState state, OnnxJudge judge)
{
    private const int LongestPath = 1024;

    private bool _hasGraph;

    public void Read()
    {
        walker.Walk(0, walker.Length, Model);
        if (!_hasGraph) throw new UnreadableException("there is no graph in it", 0);
    }

    private void Model(ProtobufField field)
    {
        switch (field.Number)
        {
            case 7 when field.IsBytes(7):
                _hasGraph = true;
                walker.Walk(field, Graph);
                break;
            case 20 when field.IsBytes(20): // training: two graphs
                walker.Walk(field, part => Into(part, part.Number is 1 or 2, Graph));
                break;
            case 25 when field.IsBytes(25):
                Function(field);
                break;
            case 2 when field.IsBytes(2):
                // To TensorFlow this number is a graph: the same bytes must not be two models.
                if (field.Length > 4096 || walker.Text(field).Any(char.IsControl)) throw new UnreadableException("a producer that is no name", field.At);
                break;
            case 1 or 5 when field.Wire == ProtobufWire.Varint:
            case 3 or 4 or 6 or 8 or 14 or 26 when field.Wire == ProtobufWire.Bytes:
                break;
            default:
                Strange(field, "the model");
                break;
        }
    }

    private void Graph(ProtobufField field)
    {
        switch (field.Number)
        {
            case 1: Node(field); break;
            case 5: Into(field, true, Tensor()); break;
            case 15: Into(field, true, part => Into(part, part.Number is 1 or 2, Tensor())); break;
            case 2 or (>= 10 and <= 14) or 16: break;
            default: Strange(field, "a graph"); break;
        }
    }

    private void Function(ProtobufField function)
    {
        var (name, domain) = ("", "");
        walker.Walk(function, field =>
        {
            if (field.IsBytes(1)) name = walker.Text(field, 1024);
            else if (field.IsBytes(10)) domain = walker.Text(field, 1024);
            else if (field.Number == 7) Node(field);
            else if (field.Number == 11) Into(field, true, Attribute(null));
        });
        judge.Defines(domain, name);
    }

    private void Node(ProtobufField node)
    {
        if (node.Wire != ProtobufWire.Bytes) throw new UnreadableException("a node that is no message", node.At);
        var seen = new OnnxNode { At = node.At };
        walker.Walk(node, field =>
        {
            switch (field.Number)
            {
                case 4 when field.IsBytes(4): seen.Operation = walker.Text(field, 1024); break;
                case 7 when field.IsBytes(7): seen.Domain = walker.Text(field, 1024); break;
                case 5: Into(field, true, Attribute(seen)); break;
                case 1 or 2 or 3 or 6 or (>= 8 and <= 10): break;
                default: Strange(field, "a node"); break;
            }
        });
        judge.Judge(seen);
    }

    private Action<ProtobufField> Attribute(OnnxNode? node)
    {
        var (name, text) = ("", "");
        return field =>
        {
            if (node is not null && field.IsBytes(1)) node.Attributes.Add(name = walker.Text(field, 256));
            else if (field.IsBytes(4) && field.Length <= LongestPath) text = walker.Text(field);
            else AttributeParts(field);
            if (node is not null && name == "ep_cache_context" && !text.Any(char.IsControl)) node.Context = text;
        };
    }

    private void AttributeParts(ProtobufField field)
    {
        switch (field.Number)
        {
            case 5 or 10: Into(field, true, Tensor()); break;
            case 6 or 11: Into(field, true, Graph); break;
            case 22 or 23: Into(field, true, part => Into(part, part.Number is 1 or 2, Tensor())); break;
        }
    }

    private Action<ProtobufField> Tensor() => field =>
    {
        if (field.IsBytes(13)) Location(field);
        else if (field.Number is < 1 or > 16) Strange(field, "a tensor");
    };

    // A list of keys and values; a later "location" takes the place of an earlier one in some readers only, so all are judged.
    private void Location(ProtobufField entry)
    {
        var (key, value) = ("", (string?)null);
        walker.Walk(entry, field =>
        {
            if (field.IsBytes(1)) key = walker.Text(field, 1024);
            else if (field.IsBytes(2)) value = walker.Text(field, 64 * 1024);
        });
        if (key == "location") judge.Location(value ?? "", entry.At);
    }

    private void Into(ProtobufField field, bool isMessage, Action<ProtobufField> visit)
    {
        if (!isMessage) return;
        if (field.Wire != ProtobufWire.Bytes) throw new UnreadableException($"field {field.Number} is no message", field.At);
        walker.Walk(field, visit);
    }

    // Readers pass over fields they do not know: a place where anything can be kept.
    private void Strange(ProtobufField field, string place)
    {
        if (field.Wire == ProtobufWire.Bytes && field.Length > 0) Leftover.Check(item, state, field.Start, field.Length, $"in {place} under the number {field.Number}, which its schema does not have");
    }
}
