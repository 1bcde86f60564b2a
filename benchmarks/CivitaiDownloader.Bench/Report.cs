using System.Globalization;
using System.Text.Json;

namespace CivitaiDownloader.Bench;

internal static class Report
{
    public static string Machine => $"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";

    public static void WriteTable(string name, IReadOnlyList<Scenario> scenarios)
    {
        Console.WriteLine($"{name} on {Machine}");
        var width = scenarios.Max(scenario => scenario.Name.Length);
        foreach (var scenario in scenarios)
        {
            var ratio = scenario.Ratio is { } value ? $"ratio {Text(value)} to {scenario.Against}" : "";
            Console.WriteLine(scenario.Skipped is { } why
                ? $"  {scenario.Name.PadRight(width)} skipped: {why}"
                : $"  {scenario.Name.PadRight(width)} ours {Show(scenario.Ours)} {scenario.Unit,-5} {Peers(scenario)}  {ratio} {Bar(scenario)} {Verdict(scenario)}".TrimEnd());
        }
    }

    public static void WriteJson(string name, IReadOnlyList<Scenario> scenarios, Stream to)
    {
        using var json = new Utf8JsonWriter(to, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("machine", Machine);
        json.WriteStartArray("scenarios");
        foreach (var scenario in scenarios)
        {
            json.WriteStartObject();
            json.WriteString("name", scenario.Name);
            json.WriteString("unit", scenario.Unit);
            WriteNumber(json, "ours", scenario.Skipped is null ? scenario.Ours.Median : null);
            json.WriteStartObject("peers");
            foreach (var (peer, figure) in scenario.Peers) WriteNumber(json, peer, figure.Median);
            json.WriteEndObject();
            WriteNumber(json, "ratio", scenario.Ratio);
            WriteNumber(json, "bar", scenario.Bar);
            WriteRuns(json, scenario);
            if (scenario.Side == BarSide.AtLeast) json.WriteBoolean("barIsLeast", true);
            if (scenario.Met is { } met) json.WriteBoolean("met", met);
            else json.WriteNull("met");
            if (scenario.Skipped is { } why) json.WriteString("skipped", why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        to.WriteByte((byte)'\n');
    }

    public static string Show(Figure figure) => double.IsInfinity(figure.Median) ? "failed" : $"{Text(figure.Median)} ({Text(figure.Least)}–{Text(figure.Most)})";

    public static string Peers(Scenario scenario) => string.Join("  ", scenario.Peers.Select(peer => $"{peer.Key} {Show(peer.Value)}"));

    public static string Bar(Scenario scenario) => scenario.Bar is { } bar ? $"bar {(scenario.Side == BarSide.AtLeast ? "≥ " : "")}{Text(bar)}" : "";

    public static string Verdict(Scenario scenario) => scenario.Met switch { true => "met", false => "MISSED", null => "" };

    public static string Text(double value) => double.IsFinite(value) ? value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) : "never";

    // Every figure, in the order in which they were taken: who wants another spread than least and most can have it.
    private static void WriteRuns(Utf8JsonWriter json, Scenario scenario)
    {
        json.WriteStartObject("runs");
        foreach (var (who, figure) in scenario.Peers.Prepend(new("ours", scenario.Ours)))
        {
            json.WriteStartArray(who);
            foreach (var run in figure.Runs)
            {
                if (double.IsFinite(run)) json.WriteNumberValue(Math.Round(run, 4));
                else json.WriteNullValue();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // What never ended has no number.
    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, Math.Round(number, 4));
        else json.WriteNull(name);
    }
}
