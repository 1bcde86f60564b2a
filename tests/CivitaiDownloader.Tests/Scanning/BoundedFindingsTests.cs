using System.Text;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

/// <summary>A file may be made of nothing but findings: those kept and those noted as told stay few, and the worst is among them.</summary>
public sealed class BoundedFindingsTests
{
    private const int Told = 400_000;

    [Fact]
    public void FindingsThatAreLeftOutTakeNoMemory()
    {
        using var source = new MemorySource(Encoding.UTF8.GetBytes("hello"));
        var item = new ScanItem(source, "hello.json", null, 0);
        var state = new ScanState(RuleSet.All, new(), source.Length, TestContext.Current.CancellationToken);
        for (var at = 0; at < 200; at++) state.Report(JsonRules.UnknownTag, item, "hello", at);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 200; at < Told; at++) state.Report(JsonRules.UnknownTag, item, "hello", at);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Told, 0, 100);
        Assert.Equal(Told - 200, state.FindingsLeftOut);
        state.Report(JsonRules.PythonTag, item, "hello", 7);
        Assert.Equal(Severity.Dangerous, state.Worst);
        Assert.Contains(state.Findings, finding => finding.Rule == JsonRules.PythonTag);
        Assert.Equal(200, state.Findings.Count);
    }
}
