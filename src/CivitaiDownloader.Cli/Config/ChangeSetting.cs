using System.Text;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Cli.Config;

/// <summary><c>config set</c> and <c>config unset</c>: one setting in config.json; every other byte stays.</summary>
internal static class ChangeSetting
{
    public static Task<int> SetAsync(Invocation invocation, string key, string value)
    {
        var setting = KnownSettings.Require(key, "'config set'");
        if (!setting.Form.Accepts(value)) throw SettingsErrors.Refused([SettingsErrors.RefusedValue(setting, new(setting.Key, value, SettingSource.CommandLine, "config set"), "config set")]);
        using var turn = ConfigFile.Turn(invocation.Parse);
        var file = new EditedFile(invocation);
        var changed = file.Text.With(setting.Section, setting.Name, setting.Form.Literal(value));
        RefuseNewMistakes(file, changed, setting);
        file.Replace(changed);
        var shadow = SettingsLoader.LoadAnonymous(invocation.Parse).ValueOf(setting);
        if (shadow.Source is SettingSource.Environment or SettingSource.CommandLine) invocation.Screen.Warn($"{shadow.Where} sets {setting.Key} to '{setting.Form.Shown(shadow.Value)}' and comes before the file.");
        Report(invocation, setting, file, $"{setting.Key} is now {setting.Form.Shown(value)}, in {file.Path}");
        return Task.FromResult(ExitCodes.Done);
    }

    public static Task<int> UnsetAsync(Invocation invocation, string key)
    {
        var setting = KnownSettings.Require(key, "'config unset'");
        using var turn = ConfigFile.Turn(invocation.Parse);
        var file = new EditedFile(invocation);
        if (file.Before(setting) is not null) file.Replace(file.Text.Without(setting.Key));
        var now = SettingsLoader.LoadAnonymous(invocation.Parse).ValueOf(setting);
        var what = file.Before(setting) is null ? $"{setting.Key} is not set in {file.Path}; nothing was changed" : $"{setting.Key} is taken out of {file.Path}";
        Report(invocation, setting, file, $"{what}. It is {(now.Value.Length == 0 ? "nothing" : setting.Form.Shown(now.Value))}, {(now.Source == SettingSource.Default ? "the default" : $"from {now.Where}")}");
        return Task.FromResult(ExitCodes.Done);
    }

    private static void Report(Invocation invocation, Setting setting, EditedFile file, string sentence)
    {
        invocation.Screen.Say(VisibleText.OneLine(sentence, 1000) + ".");
        if (!invocation.IsJson) return;
        using var output = new JsonOutput();
        output.Writer.WriteStartObject();
        output.Writer.WriteString("key", setting.Key);
        output.Writer.WriteString("before", file.Before(setting) is { } before ? setting.Form.Shown(before) : null);
        output.Writer.WriteString("after", file.After(setting) is { } after ? setting.Form.Shown(after) : null);
        output.Writer.WriteString("path", file.Path);
        output.Writer.WriteEndObject();
    }

    // A mistake that was there before is not this change's, and must not keep anybody from mending another. Rules are looked at only where every value is one.
    private static void RefuseNewMistakes(EditedFile file, byte[] changed, Setting setting)
    {
        var before = file.Values(file.TextBefore);
        if (SettingsCheck.ValueMistakes(Settings(before.Where(value => value.Key != setting.Key))).Count > 0) return;
        if (Mistake(file.Values(changed)) is { } mistake && Mistake(before)?.Message != mistake.Message) throw mistake;

        Exception? Mistake(IEnumerable<SettingValue> values) => SettingsCheck.Mistake(Settings(values));

        CliSettings Settings(IEnumerable<SettingValue> values) => SettingsLoader.Make(Path.GetDirectoryName(file.Path)!, values);
    }

    /// <summary>config.json before and after one change.</summary>
    private sealed class EditedFile
    {
        private readonly IReadOnlyList<SettingValue> _before;
        private IReadOnlyList<SettingValue> _after;

        public EditedFile(Invocation invocation)
        {
            Path = ConfigFile.PathOf(invocation.Parse);
            TextBefore = SettingsFile.ReadText(Path) is { } text && !string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(text)) ? text : "{\n}\n"u8.ToArray();
            _after = _before = Values(TextBefore); // says what is wrong with a file that cannot be read
            Text = ConfigText.TryParse(TextBefore)!;
        }

        public string Path { get; }

        public byte[] TextBefore { get; }

        public ConfigText Text { get; }

        public string? Before(Setting setting) => _before.LastOrDefault(value => value.Key == setting.Key)?.Value;

        public string? After(Setting setting) => _after.LastOrDefault(value => value.Key == setting.Key)?.Value;

        public IReadOnlyList<SettingValue> Values(byte[] text) => SettingsFile.Parse(text, Path);

        public void Replace(byte[] text)
        {
            _after = Values(text);
            ConfigFile.Write(Path, text);
        }
    }
}
