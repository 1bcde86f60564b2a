using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>The documents of <c>scan</c> (docs/formats/json-output.md).</summary>
internal static class ScanJson
{
    public static void Write(IReadOnlyCollection<ScanOutcome> outcomes, IEnumerable<string> skipped, string ruleSet)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (var outcome in outcomes)
        {
            Write(json, outcome);
            output.FlushIfLarge();
        }

        json.WriteEndArray();
        json.WriteStartArray("skipped");
        foreach (var path in skipped) json.WriteStringValue(Path.GetFullPath(path));
        json.WriteEndArray();
        Rules(json, outcomes.SelectMany(outcome => outcome.Scanned.Report?.Findings ?? []).Select(finding => finding.Rule).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal));
        json.WriteString("ruleSet", ruleSet);
        json.WriteEndObject();
    }

    /// <summary>Of <c>--explain</c>.</summary>
    public static void Write(IEnumerable<Rule> rules, string ruleSet)
    {
        using var output = new JsonOutput();
        output.Writer.WriteStartObject();
        Rules(output.Writer, rules);
        output.Writer.WriteString("ruleSet", ruleSet);
        output.Writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ScanOutcome outcome)
    {
        var (file, report) = (outcome.Scanned.File, outcome.Scanned.Report);
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("sha256", outcome.Scanned.Sha256?.Hex);
        json.WriteNumberOrNull("bytes", file.Refusal is null ? file.Stamp.Bytes : null);
        json.WriteString("verdict", ScanWords.Of(outcome.Verdict));
        json.WriteString("content", report is null ? null : ContentName.Code(report.Content));
        json.WriteStartArray("findings");
        foreach (var finding in report?.Findings ?? []) Write(json, finding);
        json.WriteEndArray();
        json.WriteNumber("findingsLeftOut", report?.FindingsLeftOut ?? 0);
        json.WriteBoolean("fromCache", outcome.Scanned.IsRecalled);
        ErrorWriter.WriteProperty(json, outcome.Error);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("severity", ScanWords.Of(finding.Rule.Severity));
        json.WriteString("certainty", ScanWords.Of(finding.Rule.Certainty));
        json.WriteString("member", finding.Member);
        json.WriteNumberOrNull("offset", finding.Offset);
        json.WriteString("element", finding.Element);
        json.WriteString("message", finding.Message);
        json.WriteEndObject();
    }

    private static void Rules(Utf8JsonWriter json, IEnumerable<Rule> rules)
    {
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("severity", ScanWords.Of(rule.Severity));
            json.WriteString("certainty", ScanWords.Of(rule.Certainty));
            json.WriteString("title", rule.Title);
            json.WriteString("why", rule.Why);
            json.WriteString("next", rule.Next);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
