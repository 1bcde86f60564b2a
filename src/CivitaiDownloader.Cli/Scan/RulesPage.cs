using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>Rules as Markdown: docs/scanning/rules.md is this, and a test holds it to that.</summary>
internal sealed class RulesPage(TextWriter output)
{
    public void Write(IReadOnlyCollection<Rule> rules)
    {
        output.Write("# Rules\n\nMade by `civitai-dl scan --explain all --markdown` from the program itself. What verdicts mean stands in [README.md](README.md).\n\n");
        output.Write("| rule | severity | certainty | what it finds |\n|---|---|---|---|\n");
        foreach (var rule in rules) output.Write($"| [`{rule.Id}`](#{rule.Id}) | {ScanWords.Of(rule.Severity)} | {ScanWords.Of(rule.Certainty)} | {Escape(rule.Title)} |\n");
        foreach (var rule in rules) Write(rule);
    }

    private void Write(Rule rule)
    {
        output.Write($"\n## {rule.Id}\n\n{Escape(rule.Title)}: *{ScanWords.Of(rule.Severity)}*, {ScanWords.Of(rule.Certainty)}.\n\n");
        output.Write($"{Escape(rule.Why)}\n\nWhat to do: {Escape(rule.Next)}\n");
    }

    private static string Escape(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("__", "\\_\\_", StringComparison.Ordinal);
}
