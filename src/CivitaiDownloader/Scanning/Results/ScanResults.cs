using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Scanning.Results;

/// <summary>
/// What scans found out, by content and rule set (docs/formats/database.md): the same bytes under the same rules give the same report, so they need not be looked at again.
/// A result of other rules does not count. Safe from any thread.
/// </summary>
public sealed class ScanResults(Database database, RuleSet rules, TimeProvider time)
{
    /// <returns>Null when these bytes were not scanned by these rules.</returns>
    public ScanReport? Recall(ResultKey key) => database.Run(connection =>
    {
        using var rows = connection.Prepared("SELECT verdict, content, findings, left_out FROM scan_result WHERE sha256 = $sha256 AND extension = $extension AND rules = $rules",
            ("$sha256", key.Sha256.Hex), ("$extension", key.Extension), ("$rules", rules.Version)).ExecuteReader();
        return rows.Read() ? Report(rows) : null;
    });

    /// <summary>Keeps reports of the rules that are in use, in place of earlier ones.</summary>
    public void Keep(IReadOnlyCollection<(ResultKey Key, ScanReport Report)> results)
    {
        // A cache: what a power cut takes is scanned again.
        database.Write(Durability.Later, connection =>
        {
            foreach (var (key, report) in results.Where(result => result.Report.RuleSetVersion == rules.Version && result.Report.Verdict != Verdict.Unknown))
            {
                connection.Execute("INSERT OR REPLACE INTO scan_result (sha256, extension, rules, verdict, content, findings, left_out, scanned_at) VALUES ($sha256, $extension, $rules, $verdict, $content, $findings, $left, $at)",
                    ("$sha256", key.Sha256.Hex), ("$extension", key.Extension), ("$rules", rules.Version), ("$verdict", report.Verdict.ToString().ToLowerInvariant()), ("$content", report.Content.ToString()),
                    ("$findings", FindingsJson.Write(report.Findings)), ("$left", report.FindingsLeftOut), ("$at", time.GetUtcNow().ToUnixTimeMilliseconds()));
            }
        });
    }

    private ScanReport? Report(SqliteDataReader row) =>
        Enum.TryParse<Verdict>(row.GetString(0), ignoreCase: true, out var verdict) && Enum.TryParse<ContentKind>(row.GetString(1), out var content) && FindingsJson.Read(row.GetString(2), rules) is { } findings
            ? new(verdict, content, findings, rules.Version) { FindingsLeftOut = row.GetInt32(3) }
            : null;
}
