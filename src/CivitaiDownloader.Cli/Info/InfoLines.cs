using System.Globalization;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Info;

/// <summary>The page's lines: names in a column of their own, what is long broken so that it fits.</summary>
internal sealed class InfoLines(Screen screen)
{
    private const int Margin = 2;
    private const int NameCells = 10;
    private const int Indent = Margin + NameCells + 1;
    private const int WidestProse = 100; // wider lines are hard to read

    public void Title(string strong, string rest)
    {
        var lines = Wrapped.Lines(strong + rest, screen.Width).ToArray();
        // One line is emphasised in part, several as a whole.
        if (lines.Length == 1) screen.Output.WriteLine(screen.Ink.Strong(strong) + rest);
        else foreach (var line in lines) screen.Output.WriteLine(screen.Ink.Strong(line));
    }

    public void Fact(string name, string value) => Facts(name, [value]);

    /// <summary>Several values below one name, each on a line of its own.</summary>
    public void Facts(string name, IEnumerable<string> values)
    {
        var label = name;
        foreach (var value in values)
        {
            foreach (var line in Wrapped.Lines(VisibleText.OneLine(value, 4_000), Math.Max(16, screen.Width - Indent)))
            {
                screen.Output.WriteLine($"{new string(' ', Margin)}{label,-NameCells} {line}");
                label = "";
            }
        }
    }

    /// <summary>Questions below one name, each with its answer before it.</summary>
    public void Answers(string name, IEnumerable<(string Answer, string Question)> rows)
    {
        const int AnswerCells = 9;
        var label = name;
        foreach (var (answer, question) in rows)
        {
            var said = answer;
            foreach (var line in Wrapped.Lines(question, Math.Max(16, screen.Width - Indent - AnswerCells)))
            {
                screen.Output.WriteLine($"{new string(' ', Margin)}{label,-NameCells} {said,-AnswerCells}{line}");
                label = said = "";
            }
        }
    }

    /// <summary>Addresses below one name, each whole on its line, to be copied or clicked.</summary>
    public void Addresses(string name, IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            screen.Output.WriteLine($"{new string(' ', Margin)}{name,-NameCells} {VisibleText.OneLine(address, 2_000)}");
            name = "";
        }
    }

    /// <summary>Readable text set in, as wide as it is good to read.</summary>
    public IEnumerable<string> Prose(IEnumerable<TextBlock> blocks)
    {
        foreach (var block in blocks)
        {
            var lead = new string(' ', Margin) + block.Lead;
            foreach (var line in Wrapped.Lines(block.Text, Math.Max(16, Math.Min(screen.Width, WidestProse) - lead.Length)))
            {
                yield return lead + line;
                lead = new string(' ', lead.Length);
            }
        }
    }

    /// <summary>A line below an entry, broken under itself.</summary>
    public IEnumerable<string> Below(int indent, string text)
    {
        foreach (var line in Wrapped.Lines(text, Math.Max(16, screen.Width - indent))) yield return new string(' ', indent) + line;
    }

    public static string? Date(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Files(int count) => count switch { 0 => "no files", 1 => "1 file", _ => $"{count} files" };
}
