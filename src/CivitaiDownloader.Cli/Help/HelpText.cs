using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Help;

/// <summary>A command's help as a terminal of some width shows it: what is its own first, what every command has last.</summary>
internal sealed class HelpText(TextWriter output, Ink ink, int width)
{
    private const int Widest = 120; // longer lines are hard to read
    private const int LabelColumn = 26;

    private readonly int _width = Math.Clamp(width, 30, Widest);

    public void Write(CommandPage page)
    {
        Paragraph(page.Line);
        output.WriteLine();
        output.WriteLine(ink.Strong("Usage:") + " " + page.Usage);
        Section("Arguments", page.Arguments);
        Section("Commands", page.Commands);
        Section("Options", page.Options);
        Examples(page);
        if (page.Notes is { } notes)
        {
            output.WriteLine();
            foreach (var line in notes.Split('\n')) Paragraph(line);
        }

        Section(page.IsRoot ? "Options" : "Options of every command", page.GlobalOptions);
        Section("Exit codes", page.Exits);
        output.WriteLine();
        if (page.Commands.Count > 0) Paragraph($"`civitai-dl help {(page.IsRoot ? "" : page.Path["civitai-dl ".Length..] + " ")}COMMAND` shows a command with examples.");
    }

    /// <summary>Lines of at most <paramref name="cells"/>, broken at blanks; a longer word stays whole, so that it can be copied.</summary>
    internal static IEnumerable<string> Wrap(string text, int cells)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && DisplayText.Width(line) + 1 + DisplayText.Width(word) > cells)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0) yield return line;
    }

    private void Paragraph(string text)
    {
        foreach (var line in Wrap(text, _width)) output.WriteLine(line);
    }

    private void Section(string title, IReadOnlyList<HelpRow> rows)
    {
        if (rows.Count == 0) return;
        output.WriteLine();
        output.WriteLine(ink.Strong(title + ":"));
        var column = _width < 60 ? 6 : Math.Min(LabelColumn, rows.Max(row => DisplayText.Width(row.Label)) + 4);
        foreach (var row in rows) Row(row, column);
    }

    private void Row(HelpRow row, int column)
    {
        var label = "  " + row.Label;
        var fits = DisplayText.Width(label) + 2 <= column;
        if (!fits) output.WriteLine(label);
        var lines = Wrap(row.Text, _width - column).ToArray();
        if (lines.Length == 0 && fits) output.WriteLine(label);
        for (var i = 0; i < lines.Length; i++) output.WriteLine(DisplayText.Pad(i == 0 && fits ? label : "", column) + lines[i]);
    }

    private void Examples(CommandPage page)
    {
        if (page.Examples.Count == 0) return;
        output.WriteLine();
        output.WriteLine(ink.Strong(page.Examples.Count == 1 ? "Example:" : "Examples:"));
        foreach (var example in page.Examples)
        {
            foreach (var line in Wrap(example.What, _width - 4)) output.WriteLine(ink.Faint($"  # {line}"));
            output.WriteLine($"  {example.Line}"); // whole, to be copied
        }
    }
}
