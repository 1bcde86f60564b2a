using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Onnx;

/// <summary>Holds operators and locations against what ordinary runtimes have and what stays in the folder.</summary>
internal sealed class OnnxJudge(ScanItem item, ScanState state)
{
    private const int MaxForeign = 1000, MaxDefined = 100_000;

    // What ONNX itself defines and what ONNX Runtime has built in.
    private static readonly HashSet<string> KnownDomains = new(StringComparer.Ordinal)
    {
        "", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview", "ai.onnx.preview.training", "com.microsoft", "com.microsoft.nchwc", "com.microsoft.experimental", "com.microsoft.dml", "com.ms.internal.nhwc",
    };

    private readonly Dictionary<(string Domain, string Operation), OnnxNode> _foreign = [];
    private readonly HashSet<(string Domain, string Operation)> _defined = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>This function is in the model itself: its nodes are judged there. Its domain may still have others that are not.</summary>
    public void Defines(string domain, string operation)
    {
        if (_defined.Count < MaxDefined) _defined.Add((domain, operation));
    }

    public void Judge(OnnxNode node)
    {
        // PyOp names a module and a class to call, PythonOp a registered function (ONNX Runtime, docs on Python operators).
        var callsPython = (node.Operation is "PyOp" or "PyCustomOp" && (node.Attributes.Contains("module") || node.Attributes.Contains("class_name"))) || node.Operation is "PythonOp" or "PythonOpGrad";
        if (callsPython) state.Report(OnnxRules.PythonOperator, item, $"the operator {node.Operation}", node.At, node.Operation);
        else if (!KnownDomains.Contains(node.Domain) && (_foreign.Count < MaxForeign || _foreign.ContainsKey((node.Domain, node.Operation)))) _foreign.TryAdd((node.Domain, node.Operation), node);
        // A compiled part of the model may lie in a file beside it (ONNX Runtime, EPContext design).
        if (node.Operation == "EPContext" && node.Context.Length > 0 && !PlainLocation.Is(node.Context)) Location(node.Context, node.At);
    }

    public void Location(string location, long at)
    {
        if (PlainLocation.Is(location)) state.Report(OnnxRules.ExternalData, item, $"weights in '{location}'", at, "location");
        else state.Report(OnnxRules.ExternalPath, item, $"weights in '{location}'", at, "location");
    }

    /// <summary>Functions stand behind the graphs that call them, so this is known only at the end.</summary>
    public void Finish()
    {
        foreach (var (key, node) in _foreign)
        {
            if (!_defined.Contains(key) && _reported.Add(key.Domain)) state.Report(OnnxRules.CustomOperator, item, $"the operator {node.Operation} of '{key.Domain}'", node.At, node.Operation);
        }
    }
}
