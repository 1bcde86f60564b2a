namespace CivitaiDownloader.Scanning.Onnx;

/// <summary>What of a node tells whether its operator is known.</summary>
internal sealed class OnnxNode
{
    public long At { get; init; }

    public string Operation { get; set; } = "";

    public string Domain { get; set; } = "";

    public List<string> Attributes { get; } = [];
}
