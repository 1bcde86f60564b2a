using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>Every message about settings on one screen.</summary>
internal static class SettingsErrors
{
    private const string Code = "settings";

    public static UsageException Unknown(string key, string where) => new(Code, $"{where} names the setting '{VisibleText.OneLine(key, 80)}', which does not exist")
    { Hint = $"{Meant(key)} `civitai-dl config list` shows every setting. Nothing was done." };

    public static UsageException UnknownSection(string section, string where) => new(Code, $"{where} has the section '{VisibleText.OneLine(section, 80)}', which does not exist")
    { Hint = $"{(NearMisses.Nearest(section, KnownSettings.Sections) is { } near ? $"Did you mean {near}?" : $"Sections are {string.Join(", ", KnownSettings.Sections)}.")} `civitai-dl config list` shows every setting. Nothing was done." };

    public static UsageException UnusableProxy(string variable) => new(Code, $"The variable {variable} is set, but not to the address of a proxy")
    { Hint = "Write it as http://HOST:PORT (or https://, socks5://), or unset it. Nothing was sent." };

    public static UsageException Refused(IReadOnlyCollection<string> mistakes) => new(Code, string.Join(" ", mistakes))
    { Hint = "`civitai-dl config list` shows what every setting means and where its value comes from. Nothing was done." };

    public static UsageException NoValue(string set) => new(Code, $"'--set {VisibleText.OneLine(set, 120)}' has no KEY=VALUE")
    { Hint = "Write it as --set Library:Template={type}/{fileName}. Nothing was done." };

    public static UsageException Unreadable(string path, Exception cause) => new(Code, $"'{VisibleText.OneLine(path)}' cannot be read: {VisibleText.OneLine(cause.Message)}")
    { Hint = "Check its permissions, or choose another folder with --home. Nothing was done." };

    public static UsageException Mistake(string path, string what) => new(Code, $"'{VisibleText.OneLine(path)}' has a mistake: {what}")
    { Hint = "Correct it with `civitai-dl config edit`, or move the file away to use the defaults. Nothing was done." };

    /// <summary>One sentence of <see cref="Refused"/>: key, value, what is allowed, and who set it.</summary>
    public static string RefusedValue(Setting setting, SettingValue value, string place) =>
        $"{setting.Key} cannot be '{VisibleText.OneLine(setting.Form.Shown(value.Value), 80)}' (set by {VisibleText.OneLine(place)}): {(setting.Form.WhatIsWrong(value.Value) is { } wrong ? wrong + "; " : "")}allowed is {setting.Form.Allowed}.";

    private static string Meant(string key)
    {
        var near = NearMisses.Of(key, KnownSettings.Keys);
        if (near.Count > 0) return $"Did you mean {string.Join(" or ", near)}?";
        var section = KnownSettings.Keys.Where(known => known.StartsWith(key.Split(':')[0] + ":", StringComparison.OrdinalIgnoreCase)).ToArray();
        return section.Length > 0 ? $"There are {string.Join(", ", section)}." : $"Sections are {string.Join(", ", KnownSettings.Sections)}.";
    }
}
