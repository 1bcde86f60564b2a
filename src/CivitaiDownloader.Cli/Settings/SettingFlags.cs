using System.CommandLine;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>
/// A flag for every setting (<c>--transfer-stall-timeout 00:01:00</c>). They are many and rarely typed: they are made only for a command line that
/// has one, and <c>config list</c> names them instead of every <c>--help</c>.
/// </summary>
internal static class SettingFlags
{
    private static readonly string[] Beginnings = [.. KnownSettings.Sections.Select(section => $"--{Setting.Kebab(section)}-")];

    public static void AddTo(RootCommand root, string[] args)
    {
        if (!args.Any(word => Beginnings.Any(beginning => word.StartsWith(beginning, StringComparison.Ordinal)))) return;
        foreach (var setting in KnownSettings.All) root.Add(new Option<string?>(setting.Flag) { Description = setting.Description, HelpName = setting.Form.Name.ToUpperInvariant(), Hidden = true, Recursive = true });
    }

    /// <summary>The flags that were given, with their values.</summary>
    public static IEnumerable<SettingValue> Given(ParseResult parse)
    {
        foreach (var option in parse.RootCommandResult.Command.Options.OfType<Option<string?>>())
        {
            if (!Beginnings.Any(beginning => option.Name.StartsWith(beginning, StringComparison.Ordinal)) || parse.GetResult(option) is null) continue;
            var setting = KnownSettings.All.First(known => known.Flag == option.Name);
            yield return new(setting.Key, parse.GetValue(option) ?? "", SettingSource.CommandLine, option.Name);
        }
    }
}
