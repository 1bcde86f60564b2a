using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>Findings as one run of SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"). Texts are made harmless: whoever reads this shows them to people.</summary>
internal static class ScanSarif
{
    public static void Write(IReadOnlyList<ScanOutcome> outcomes, int exitCode)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        var found = outcomes.SelectMany(outcome => (outcome.Scanned.Report?.Findings ?? []).Select(finding => (outcome.Scanned.File.Path, Finding: finding))).ToArray();
        var rules = found.Select(entry => entry.Finding.Rule).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal).ToArray();
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        Tool(json, rules);
        Invocation(json, outcomes, exitCode);
        Artifacts(json, outcomes);
        json.WriteStartArray("results");
        foreach (var (path, finding) in found)
        {
            Result(json, path, finding, Array.IndexOf(rules, finding.Rule));
            output.FlushIfLarge();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tool(Utf8JsonWriter json, Rule[] rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "civitai-dl");
        json.WriteString("version", Product.Version);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            Message(json, "shortDescription", rule.Title);
            Message(json, "fullDescription", rule.Why);
            Message(json, "help", $"{rule.Why} {rule.Next}");
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What could not be looked at is no result: the run's own trouble (section 3.20.21).
    private static void Invocation(Utf8JsonWriter json, IReadOnlyList<ScanOutcome> outcomes, int exitCode)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", outcomes.All(outcome => outcome.Error is null));
        json.WriteNumber("exitCode", exitCode);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var outcome in outcomes)
        {
            if (outcome.Error is not { } error) continue;
            json.WriteStartObject();
            json.WriteString("level", "error");
            Message(json, "message", error.Message);
            json.WriteStartArray("locations");
            Location(json, outcome.Scanned.File.Path, null);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Artifacts(Utf8JsonWriter json, IReadOnlyList<ScanOutcome> outcomes)
    {
        json.WriteStartArray("artifacts");
        foreach (var outcome in outcomes)
        {
            if (outcome.Scanned.Report is not { Findings.Count: > 0 }) continue;
            json.WriteStartObject();
            json.WriteStartObject("location");
            json.WriteString("uri", SarifUri.Of(outcome.Scanned.File.Path));
            json.WriteEndObject();
            json.WriteNumber("length", outcome.Scanned.File.Stamp.Bytes);
            if (outcome.Scanned.Sha256 is { } sha256)
            {
                json.WriteStartObject("hashes");
                json.WriteString("sha-256", sha256.Hex);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Result(Utf8JsonWriter json, string path, Finding finding, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Level(finding.Rule.Severity));
        json.WriteNumber("rank", finding.Rule.Certainty switch { Certainty.Certain => 100, Certainty.Likely => 75, _ => 40 });
        Message(json, "message", $"{finding.Rule.Title}: {ScanWords.Told(finding)}");
        json.WriteStartArray("locations");
        Location(json, path, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Location(Utf8JsonWriter json, string path, Finding? finding)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", SarifUri.Of(path));
        json.WriteEndObject();
        // The region is one of the file: an offset in a member is said in the message and has none here. Programs that show results beside source text want a line, which binary files do not have.
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        if (finding is { Member: null, Offset: { } offset }) json.WriteNumber("byteOffset", offset);
        json.WriteEndObject();

        json.WriteEndObject();
        if (finding is { Member: not null } or { Element: not null })
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", VisibleText.OneLine(string.Join('!', new[] { finding.Member, finding.Element }.OfType<string>()), 4096));
            json.WriteString("kind", finding.Member is null ? "element" : "resource"); // of those section 3.33.7 names
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", VisibleText.OneLine(text, 4096));
        json.WriteEndObject();
    }

    private static string Level(Severity severity) => severity switch { Severity.Dangerous => "error", Severity.Suspicious => "warning", _ => "note" };
}
