using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Onnx;

/// <summary>Holds operators and locations against what ordinary runtimes have and what stays in the folder.</summary>
internal sealed class OnnxJudge(ScanItem item, ScanState state)
{
    private const int MaxDomains = 1000;

    // What ONNX itself defines and what ONNX Runtime has built in.
    private static readonly HashSet<string> KnownDomains = new(StringComparer.Ordinal)
    {
        "", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview", "ai.onnx.preview.training", "com.microsoft", "com.microsoft.nchwc", "com.microsoft.experimental", "com.microsoft.dml", "com.ms.internal.nhwc",
    };

    private readonly Dictionary<string, OnnxNode> _foreign = new(StringComparer.Ordinal);
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);

    /// <summary>A function of this domain is in the model itself: its nodes are judged there.</summary>
    public void Defines(string domain)
    {
        if (_defined.Count < MaxDomains) _defined.Add(domain);
    }

    public void Judge(OnnxNode node)
    {
        // PyOp names a module and a class to call, PythonOp a registered function (ONNX Runtime, docs on Python operators).
        var callsPython = (node.Operation is "PyOp" or "PyCustomOp" && (node.Attributes.Contains("module") || node.Attributes.Contains("class_name"))) || node.Operation is "PythonOp" or "PythonOpGrad";
        if (callsPython) state.Report(OnnxRules.PythonOperator, item, $"the operator {node.Operation}", node.At, node.Operation);
        else if (!KnownDomains.Contains(node.Domain) && _foreign.Count < MaxDomains) _foreign.TryAdd(node.Domain, node);
    }

    public void Location(string location, long at)
    {
        if (PlainLocation.Is(location)) state.Report(OnnxRules.ExternalData, item, $"weights in '{location}'", at, "location");
        else state.Report(OnnxRules.ExternalPath, item, $"weights in '{location}'", at, "location");
    }

    /// <summary>Functions stand behind the graphs that call them, so this is known only at the end.</summary>
    public void Finish()
    {
        foreach (var (domain, node) in _foreign)
        {
            if (!_defined.Contains(domain)) state.Report(OnnxRules.CustomOperator, item, $"the operator {node.Operation} of '{domain}'", node.At, node.Operation);
        }
    }
}
