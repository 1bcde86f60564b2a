namespace CivitaiDownloader.Scanning.Onnx;

/// <summary>What of a node tells whether its operator is known.</summary>
internal sealed class OnnxNode
{
    public long At { get; init; }

    public string Operation { get; set; } = "";

    public string Domain { get; set; } = "";

    /// <summary>The file of a part that is compiled for one device; empty when it is in the model or there is none.</summary>
    public string Context { get; set; } = "";

    public List<string> Attributes { get; } = [];
}
