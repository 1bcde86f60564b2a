using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning;

/// <summary>What one scan found out about one file.</summary>
/// <param name="Content">What its bytes are, whatever its name says.</param>
/// <param name="Findings">The worst first, then by member and place.</param>
/// <param name="RuleSetVersion">The rules that were used; the same bytes under the same rules give the same report.</param>
public sealed record ScanReport(Verdict Verdict, ContentKind Content, IReadOnlyList<Finding> Findings, string RuleSetVersion)
{
    /// <summary>Findings beyond those kept; they weigh no more than the worst that is kept.</summary>
    public int FindingsLeftOut { get; init; }

    /// <summary>Bytes looked at, those unpacked included.</summary>
    public long BytesRead { get; init; }

    /// <summary>The same with something that others found, for the whole file.</summary>
    internal ScanReport With(Finding finding) => this with
    {
        Verdict = finding.Rule.Severity.ToVerdict() is var verdict && verdict > Verdict ? verdict : Verdict,
        Findings = [.. Findings.TakeWhile(other => other.Rule.Severity > finding.Rule.Severity), finding, .. Findings.SkipWhile(other => other.Rule.Severity > finding.Rule.Severity)],
    };
}
