using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Protobuf;

namespace CivitaiDownloader.Scanning.Onnx;

/// <summary>ONNX by its schema (onnx.proto): every graph, function and attribute is gone through, weights are passed over.</summary>
internal sealed class OnnxReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        var judge = new OnnxJudge(item, state);
        try
        {
            new OnnxModel(new ProtobufWalker(reader, state.CancellationToken), item, state, judge).Read();
        }
        finally
        {
            judge.Finish(); // what was seen before the bytes went wrong counts as well
        }

        return ContentKind.Onnx;
    }
}
