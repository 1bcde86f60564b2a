using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;

namespace CivitaiDownloader.Cli.Config;

/// <summary>Every setting as a person reads it: what it is and who says so, then what it means and how else to set it.</summary>
internal sealed class SettingsPage(Screen screen)
{
    private const string Indent = "    ";

    public void Write(CliSettings settings)
    {
        foreach (var setting in KnownSettings.All) Write(setting, settings.ValueOf(setting));
        screen.Say(File.Exists(settings.File) ? $"config.json is {settings.File}." : $"There is no {settings.File}; `civitai-dl config set` makes it.");
    }

    private void Write(Setting setting, SettingValue value)
    {
        var shown = value.Value.Length == 0 ? screen.Ink.Faint("nothing") : DisplayText.Harmless(setting.Form.Shown(value.Value));
        screen.Print(value.Source == SettingSource.Default
            ? $"{setting.Key}  {shown}"
            : $"{screen.Ink.Strong(setting.Key)}  {screen.Ink.Strong(shown)}  from {DisplayText.Harmless(value.Where)}{(value.Value == setting.Default ? "" : $" (default {Default(setting)})")}", hang: Indent.Length);
        if (!setting.Form.Accepts(value.Value)) screen.Print($"{Indent}{screen.Ink.Bad("not allowed")}: allowed is {setting.Form.Allowed}.");
        foreach (var line in Wrap($"{setting.Description} Allowed: {setting.Form.Allowed}. {setting.Flag}, {setting.Variable}")) screen.Output.WriteLine(Indent + screen.Ink.Faint(line));
    }

    private static string Default(Setting setting) => setting.Default.Length == 0 ? "nothing" : setting.Default;

    private IEnumerable<string> Wrap(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Indent.Length + line.Length + 1 + word.Length > screen.Width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }
}
