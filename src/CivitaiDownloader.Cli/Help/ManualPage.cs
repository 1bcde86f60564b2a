using CivitaiDownloader.Http;

namespace CivitaiDownloader.Cli.Help;

/// <summary>The help as a manual page in roff with the man macros (man(7)), for <c>man -l</c> or a packager.</summary>
internal sealed class ManualPage(TextWriter output)
{
    /// <param name="pages">The first is the page's subject; the others become its sections.</param>
    public void Write(IReadOnlyList<CommandPage> pages)
    {
        var subject = pages[0];
        var name = subject.Path.Replace(' ', '-');
        output.WriteLine($".TH {name.ToUpperInvariant().Replace("-", "\\-", StringComparison.Ordinal)} 1 \"\" \"civitai\\-dl {Product.Version}\" \"User Commands\"");
        output.WriteLine(".nh\n.ad l");
        Head("NAME");
        Text($"{name} - {subject.Line.TrimEnd('.')}");
        Head("SYNOPSIS");
        output.WriteLine($".B {Escape(subject.Path)}\n{Escape(subject.Usage[subject.Path.Length..].TrimStart())}");
        Head("DESCRIPTION");
        Text(subject.Line);
        Body(subject);
        if (pages.Count > 1) Head("COMMANDS");
        foreach (var page in pages.Skip(1)) Command(page);
        Rows("GLOBAL OPTIONS", subject.GlobalOptions);
        Rows("EXIT STATUS", subject.Exits);
        Files();
    }

    private void Command(CommandPage page)
    {
        output.WriteLine($".SS \"{Escape(page.Usage)}\"");
        Text(page.Line);
        Body(page);
        if (!page.IsGroup) Text("Exit codes: " + string.Join(", ", page.Exits.Select(exit => exit.Label)) + ".");
    }

    private void Body(CommandPage page)
    {
        foreach (var row in page.Arguments.Concat(page.Options)) Row(row);
        if (page.Notes is { } notes)
        {
            output.WriteLine(".PP");
            foreach (var line in notes.Split('\n')) output.WriteLine(Escape(line) + "\n.br");
        }

        foreach (var example in page.Examples)
        {
            Text(example.What.Length > 0 ? example.What + ":" : "Example:");
            output.WriteLine($".RS 4\n.nf\n{Escape(example.Line)}\n.fi\n.RE");
        }
    }

    private void Rows(string title, IReadOnlyList<HelpRow> rows)
    {
        Head(title);
        foreach (var row in rows) Row(row);
    }

    private void Files()
    {
        Head("ENVIRONMENT");
        Row(new("CIVITAI_API_KEY", "The key; sent to the site that is the endpoint, and to no other. It comes before a stored one (civitai-dl login)."));
        Row(new("CIVITAI_ENDPOINT, CIVITAI_DL_HOME, CIVITAI_DL_LIBRARY", "As --endpoint, --home and --library."));
        Row(new("CIVITAI_DL_SECTION__NAME", "The setting Section:Name, as with --set."));
        Row(new("HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY", "Proxies."));
        Row(new("NO_COLOR, TERM", "No colours when NO_COLOR is set or TERM is dumb."));
        Head("FILES");
        Row(new("config.json, civitai-dl.db", "Settings and the database, in the home folder (--home)."));
        Row(new("key.json", "The stored keys, one for each site, for their owner only."));
    }

    private void Row(HelpRow row) => output.WriteLine($".TP\n.B {Escape(row.Label)}\n{Escape(row.Text)}");

    private void Head(string title) => output.WriteLine($".SH {title}");

    private void Text(string text) => output.WriteLine($".PP\n{Escape(text)}");

    // A backslash begins an escape, a dot or an apostrophe at a line's start a request, and a bare hyphen may be set as a dash that cannot be pasted.
    private static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("\"", "\\(dq", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
