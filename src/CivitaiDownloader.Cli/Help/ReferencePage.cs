namespace CivitaiDownloader.Cli.Help;

/// <summary>The help as Markdown: docs/reference/commands.md is this, and a test holds it to that.</summary>
internal sealed class ReferencePage(TextWriter output)
{
    public void Write(IReadOnlyList<CommandPage> pages)
    {
        output.Write("# Commands\n\nMade by `civitai-dl help --markdown` from the program itself.\n");
        foreach (var page in pages) Write(page);
    }

    private void Write(CommandPage page)
    {
        output.Write($"\n## `{page.Path}`\n\n{Escape(page.Line)}\n\n```\n{page.Usage}\n```\n");
        Table("argument", page.Arguments);
        Table("command", page.Commands);
        Table("option", page.Options);
        if (page.IsRoot) Table("option of every command", page.GlobalOptions);
        if (page.Examples.Count > 0)
        {
            output.Write("\n```sh\n");
            foreach (var example in page.Examples) output.Write((example.What.Length > 0 ? $"# {example.What}\n" : "") + example.Line + "\n");
            output.Write("```\n");
        }

        if (page.Notes is { } notes) output.Write($"\n{Escape(notes).Replace("\n", "  \n", StringComparison.Ordinal)}\n");
        if (page.IsRoot) Table("exit code", page.Exits);
        else if (!page.IsGroup) output.Write($"\nExit codes: {string.Join(", ", page.Exits.Select(exit => exit.Label))}\n");
    }

    private void Table(string head, IReadOnlyList<HelpRow> rows)
    {
        if (rows.Count == 0) return;
        output.Write($"\n| {head} | |\n|---|---|\n");
        foreach (var row in rows) output.Write($"| `{row.Label.Replace("|", "\\|", StringComparison.Ordinal)}` | {Escape(row.Text)} |\n");
    }

    private static string Escape(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
