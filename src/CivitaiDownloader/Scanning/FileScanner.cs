using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning;

/// <summary>Says whether a file is safe to load. Nothing in it is ever loaded, run or written anywhere. Safe for many threads.</summary>
public sealed class FileScanner(RuleSet rules, ScanLimits limits)
{
    public FileScanner() : this(RuleSet.All, new())
    {
    }

    public string RuleSetVersion => rules.Version;

    /// <summary>Reads as much of <paramref name="source"/> as its formats demand; weights are passed over.</summary>
    /// <param name="name">The name programs would see. It never decides what the content is, only what it may be.</param>
    /// <exception cref="SourceUnavailableException">The bytes cannot be had: nothing can be said about them.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ScanReport Scan(ScanSource source, string name, CancellationToken cancellationToken = default)
    {
        var counted = new CountingSource(source, cancellationToken);
        var state = new ScanState(rules, limits, source.Length, cancellationToken);
        var kind = state.Inspect(new(counted, Path.GetFileName(name), null, 0));
        var verdict = state.Worst.ToVerdict();
        Finding[] findings = [.. state.Findings.OrderByDescending(finding => finding.Rule.Severity).ThenBy(finding => finding.Member, StringComparer.Ordinal).ThenBy(finding => finding.Offset)];
        return new(verdict, kind, findings, rules.Version) { FindingsLeftOut = state.FindingsLeftOut, BytesRead = counted.BytesRead + state.BytesUnpacked };
    }

    /// <summary>As <see cref="Scan(ScanSource, string, CancellationToken)"/>, of a stream from where it stands; one that cannot seek is first copied into a temporary file.</summary>
    /// <exception cref="IOException">The stream fails.</exception>
    public ScanReport Scan(Stream stream, string name, CancellationToken cancellationToken = default)
    {
        using var source = StreamSource.Of(stream, cancellationToken);
        return Scan(source, name, cancellationToken);
    }
}
