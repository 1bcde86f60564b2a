using System.Globalization;
using System.Text.Json;

namespace CivitaiDownloader.Bench;

internal static class Report
{
    private static string Machine => $"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";

    public static void WriteTable(string name, IReadOnlyList<Scenario> scenarios)
    {
        Console.WriteLine($"{name} on {Machine}");
        foreach (var scenario in scenarios)
        {
            var verdict = scenario.Met switch { true => "met", false => "MISSED", null => "" };
            var bar = scenario.Bar is { } most ? $"bar {Text(most)}" : "";
            var ratio = scenario.Ratio is { } value ? $"ratio {Text(value)} to {scenario.Against}" : "";
            Console.WriteLine($"  {scenario.Name,-44} ours {Show(scenario.Ours)} {scenario.Unit,-5} {string.Join("  ", scenario.Peers.Select(peer => $"{peer.Key} {Show(peer.Value)}"))}  {ratio} {bar} {verdict}".TrimEnd());
        }
    }

    public static void WriteJson(string name, IReadOnlyList<Scenario> scenarios)
    {
        using var json = new Utf8JsonWriter(Console.OpenStandardOutput(), new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("machine", Machine);
        json.WriteStartArray("scenarios");
        foreach (var scenario in scenarios)
        {
            json.WriteStartObject();
            json.WriteString("name", scenario.Name);
            json.WriteString("unit", scenario.Unit);
            json.WriteNumber("ours", Math.Round(scenario.Ours.Median, 4));
            json.WriteStartObject("peers");
            foreach (var (peer, figure) in scenario.Peers) json.WriteNumber(peer, Math.Round(figure.Median, 4));
            json.WriteEndObject();
            if (scenario.Ratio is { } ratio) json.WriteNumber("ratio", Math.Round(ratio, 4));
            else json.WriteNull("ratio");
            if (scenario.Bar is { } bar) json.WriteNumber("bar", bar);
            else json.WriteNull("bar");
            if (scenario.Met is { } met) json.WriteBoolean("met", met);
            else json.WriteNull("met");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        Console.WriteLine();
    }

    private static string Show(Figure figure) => $"{Text(figure.Median)} ({Text(figure.Least)}–{Text(figure.Most)})";

    private static string Text(double value) => value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
