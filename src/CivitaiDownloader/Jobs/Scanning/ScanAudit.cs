using CivitaiDownloader.Audit;
using CivitaiDownloader.Library;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Jobs.Scanning;

/// <summary>A verdict as the audit log keeps it.</summary>
internal static class ScanAudit
{
    /// <returns>Null for what is no new verdict: it was known from before, or there is no file.</returns>
    public static AuditEntry? Of(ScannedFile scanned)
    {
        if (scanned.IsRecalled || scanned.Refusal?.Fault == LibraryFault.NoSuchPath) return null;
        return new(AuditKind.Verdict, FactsOf(scanned)) { Path = scanned.File.Path, Sha256 = scanned.IsHashed ? scanned.Sha256 : null };
    }

    private static AuditFacts FactsOf(ScannedFile scanned)
    {
        var facts = new AuditFacts { { "verdict", scanned.Verdict.ToString().ToLowerInvariant() } };
        if (scanned.Report is not { } report)
        {
            facts.Add("error", scanned.Refusal?.Code);
            return facts;
        }

        facts.Add("bytes", scanned.File.Stamp.Bytes);
        facts.Add("content", ContentName.Code(report.Content));
        facts.Add("findings", report.Findings.Select(finding => finding.Rule.Id).Distinct().Order(StringComparer.Ordinal));
        facts.Add("ruleSet", report.RuleSetVersion);
        // Without a hash its stamp is what tells these bytes from others.
        if (!scanned.IsHashed) facts.Add("modified", DateTime.UnixEpoch.AddTicks(scanned.File.Stamp.Modified).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        return facts;
    }
}
