using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Protobuf;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Texts;

namespace CivitaiDownloader.Scanning.TensorFlow;

/// <summary>Saved models, single graphs and Keras' own metadata: every operation in every graph and function, every file name, every configuration.</summary>
internal sealed class SavedModelReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        new Walk(new ProtobufWalker(reader, state.CancellationToken), item, state).Read();
        return ContentKind.SavedModel;
    }

    private sealed class Walk(ProtobufWalker walker, ScanItem item, ScanState state)
    {
        // A saved model begins with its version or a graph with all that belongs to it, a single graph with a node, metadata with an object that has a number.
        public void Read()
        {
            var first = walker.Next(0, walker.Length);
            if (!first.IsBytes(1)) walker.Walk(0, walker.Length, SavedModel);
            else if (IsNumbered(first)) walker.Walk(0, walker.Length, field => Into(field, 1, part => Configuration(part, 5)));
            else walker.Walk(0, walker.Length, Graph);
        }

        // Readers pass over a field that is written otherwise than its schema says: the same bytes would be another model to them.
        private void SavedModel(ProtobufField field)
        {
            if (field.Number == 1 && field.Wire != ProtobufWire.Varint) throw new UnreadableException("a saved model and a graph in one", field.At);
            Into(field, 2, MetaGraph);
        }

        private bool IsNumbered(ProtobufField first)
        {
            // The root's number is zero, which is not written: it is known by its kind. A node of a graph has its operation under the same number.
            var (isNumbered, hasOperation) = (false, false);
            walker.Walk(first, field =>
            {
                isNumbered |= field is { Number: 2, Wire: ProtobufWire.Varint } || (field.IsBytes(4) && walker.Text(field, 64).StartsWith("_tf_keras", StringComparison.Ordinal));
                hasOperation |= field.IsBytes(2);
            });
            return isNumbered && !hasOperation;
        }

        // meta_graph.proto
        private void MetaGraph(ProtobufField field)
        {
            Into(field, 2, Graph);
            Into(field, 6, Asset);
            Into(field, 7, objects => Into(objects, 1, node => Into(node, 4, user => Configuration(user, 3))));
        }

        // graph.proto and function.proto
        private void Graph(ProtobufField field)
        {
            Into(field, 1, Node);
            Into(field, 2, Library);
        }

        private void Library(ProtobufField field)
        {
            Into(field, 1, function => Into(function, 3, Node));
            Into(field, 2, gradient =>
            {
                if (gradient.Number is not (1 or 2) || !IsName(gradient)) throw new UnreadableException("a gradient that is none", gradient.At);
            });
        }

        private bool IsName(ProtobufField field) => field.Wire == ProtobufWire.Bytes && field.Length <= 4096 && !walker.Text(field).Any(char.IsControl);

        private void Node(ProtobufField field)
        {
            if (field.IsBytes(2))
            {
                var operation = walker.Text(field, 256);
                if (TensorFlowOperations.RuleOf(operation) is { } rule) state.Report(rule, item, $"the operation {operation}", field.At, operation);
            }
            else
            {
                Into(field, 5, Attribute);
            }
        }

        // Print can be told to append to a file, debugging to send to an address: both stand in an attribute, alone or in a list.
        private void Attribute(ProtobufField attribute) => Into(attribute, 2, value =>
        {
            Into(value, 1, Address);
            Address(value);
        });

        private void Address(ProtobufField value)
        {
            if (!value.IsBytes(2) || value.Length is < 7 or > 4096) return;
            var text = walker.Text(value);
            if (text.StartsWith("file://", StringComparison.OrdinalIgnoreCase)) state.Report(TensorFlowRules.FileOperation, item, $"an attribute that names the file '{text}'", value.At);
            else if (text.StartsWith("grpc://", StringComparison.OrdinalIgnoreCase)) state.Report(TensorFlowRules.NetworkOperation, item, $"an attribute that names the address '{text}'", value.At);
        }

        private void Asset(ProtobufField field)
        {
            if (!field.IsBytes(2)) return;
            var name = walker.Text(field, 64 * 1024);
            if (!PlainLocation.Is(name)) state.Report(TensorFlowRules.AssetPath, item, $"the asset '{name}'", field.At);
        }

        private void Configuration(ProtobufField field, int number)
        {
            if (field.IsBytes(number)) JsonInspection.RunInside(item, state, field.Start, field.Length);
        }

        private void Into(ProtobufField field, int number, Action<ProtobufField> visit)
        {
            if (field.Number != number) return;
            if (field.Wire != ProtobufWire.Bytes) throw new UnreadableException($"field {number} is no message", field.At);
            walker.Walk(field, visit);
        }
    }
}
