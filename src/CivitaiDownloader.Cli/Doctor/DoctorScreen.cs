using CivitaiDownloader.Cli.Help;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Doctor;

/// <summary>The report as a person reads it and pastes it: words, not signs, so that it survives any terminal and any form.</summary>
internal sealed class DoctorScreen(Screen screen)
{
    private const int Status = 9, Name = 10;

    public async Task<IReadOnlyList<CheckResult>> WriteAsync(IAsyncEnumerable<(Check Check, CheckResult Result)> results)
    {
        var found = new List<CheckResult>();
        await foreach (var (check, result) in results)
        {
            found.Add(result);
            Write(check.Name, result);
        }

        screen.Say("");
        screen.Say(Summary(found));
        return found;
    }

    private void Write(string name, CheckResult result)
    {
        var word = DisplayText.Pad(result.Status.ToString().ToLowerInvariant(), Status);
        var indent = new string(' ', Status + Name);
        var cells = Math.Max(20, screen.Width - indent.Length);
        var lines = HelpText.Wrap(result.Message, cells).ToArray();
        screen.Output.WriteLine($"{Colour(result.Status, word)}{DisplayText.Pad(name, Name)}{lines.FirstOrDefault()}");
        foreach (var line in lines.Skip(1)) screen.Output.WriteLine(indent + line);
        if (result.Hint is { } hint) foreach (var line in HelpText.Wrap(hint, cells - 2)) screen.Output.WriteLine($"{indent}  {screen.Ink.Faint(line)}");
        screen.Output.Flush();
    }

    private string Colour(CheckStatus status, string word) => status switch
    {
        CheckStatus.Ok => screen.Ink.Good(word),
        CheckStatus.Warning => screen.Ink.Warn(word),
        CheckStatus.Problem => screen.Ink.Bad(word),
        _ => screen.Ink.Faint(word),
    };

    private static string Summary(List<CheckResult> found)
    {
        var problems = found.Count(result => result.Status == CheckStatus.Problem);
        var warnings = found.Count(result => result.Status == CheckStatus.Warning);
        if (problems + warnings == 0) return "All is well.";
        return $"{Count(problems, "problem")}, {Count(warnings, "warning")}.";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
