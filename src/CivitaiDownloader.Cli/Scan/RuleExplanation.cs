using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>What <c>scan --explain</c> says: one rule in full, or all of them in a table.</summary>
internal static class RuleExplanation
{
    public const string All = "all";

    private const int RoomForTitle = 30;

    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">No rule is called so.</exception>
    public static int Write(string id, bool asMarkdown, Invocation invocation)
    {
        var rules = id == All ? RuleSet.All.Rules : [RuleSet.All.Find(id) ?? throw NoSuchRule(id)];
        if (invocation.IsJson) ScanJson.Write(rules, RuleSet.All.Version);
        else if (asMarkdown) new RulesPage(invocation.Screen.Output).Write(rules);
        else if (id == All) Table(rules, invocation.Screen);
        else One(rules.Single(), invocation.Screen);
        invocation.Screen.Output.Flush();
        return ExitCodes.Done;
    }

    private static UsageException NoSuchRule(string id)
    {
        var near = NearMisses.Sentence(NearMisses.Of(id, RuleSet.All.Rules.Select(rule => rule.Id)));
        return new("usage", $"There is no rule '{VisibleText.OneLine(id, 60)}'") { Hint = $"{(near.Length > 0 ? $"Did you mean {near}? " : "")}`civitai-dl scan --explain all` lists them." };
    }

    private static void One(Rule rule, Screen screen)
    {
        screen.Output.WriteLine(screen.Ink.Strong(rule.Id));
        screen.Print($"  {rule.Title}", hang: 0);
        screen.Print($"  {ScanWords.Colored(rule.Severity, ScanWords.Of(rule.Severity), screen.Ink)}, {ScanWords.Of(rule.Certainty)}");
        screen.Print($"  {screen.Ink.Strong("Why:")} {rule.Why}", hang: 2);
        screen.Print($"  {screen.Ink.Strong("Next:")} {rule.Next}", hang: 2);
    }

    private static void Table(IReadOnlyCollection<Rule> rules, Screen screen)
    {
        var idWidth = rules.Max(rule => rule.Id.Length);
        var title = idWidth + 2 + "suspicious".Length + 2 + "possible".Length + 2;
        var isOneLine = screen.Width - title >= RoomForTitle;
        screen.Output.WriteLine(screen.Ink.Strong(isOneLine ? $"{"RULE".PadRight(idWidth)}  SEVERITY    CERTAINTY WHAT IT FINDS" : "RULE, SEVERITY, CERTAINTY"));
        foreach (var rule in rules)
        {
            var severity = ScanWords.Colored(rule.Severity, ScanWords.Of(rule.Severity).PadRight("suspicious".Length), screen.Ink);
            var certainty = ScanWords.Of(rule.Certainty).PadRight("possible".Length);
            if (isOneLine)
            {
                screen.Print($"{rule.Id.PadRight(idWidth)}  {severity}  {certainty}  {rule.Title}", hang: title);
                continue;
            }

            screen.Print($"{rule.Id} {ScanWords.Of(rule.Severity)} {ScanWords.Of(rule.Certainty)}", hang: 2);
            screen.Print($"    {rule.Title}");
        }
    }
}
