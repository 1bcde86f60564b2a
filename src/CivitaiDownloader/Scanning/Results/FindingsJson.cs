using System.Text;
using System.Text.Json;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Results;

/// <summary>Findings as the text of one column: an array of objects, the rule by its id.</summary>
internal static class FindingsJson
{
    public static string Write(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return "[]";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var finding in findings) Write(json, finding);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <returns>Null when it cannot be understood, or names a rule that is not there: then the file is scanned anew.</returns>
    public static IReadOnlyList<Finding>? Read(string text, RuleSet rules)
    {
        if (text == "[]") return [];
        try
        {
            using var document = JsonDocument.Parse(text);
            var findings = new List<Finding>();
            foreach (var entry in document.RootElement.EnumerateArray())
            {
                if (rules.Find(entry.GetProperty("rule").GetString()!) is not { } rule) return null;
                findings.Add(new(rule, entry.GetProperty("message").GetString()!) { Offset = Number(entry, "offset"), Member = Text(entry, "member"), Element = Text(entry, "element") });
            }

            return findings;
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("message", finding.Message);
        if (finding.Offset is { } offset) json.WriteNumber("offset", offset);
        if (finding.Member is { } member) json.WriteString("member", member);
        if (finding.Element is { } element) json.WriteString("element", element);
        json.WriteEndObject();
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static long? Number(JsonElement entry, string name) => entry.TryGetProperty(name, out var number) ? number.GetInt64() : null;
}
