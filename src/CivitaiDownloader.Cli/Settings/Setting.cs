using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>One property of an options class as people set it: by key, flag, variable or in config.json.</summary>
internal sealed record Setting
{
    public required string Section { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required SettingForm Form { get; init; }

    /// <summary>As it would be written; empty for nothing.</summary>
    public required string Default { get; init; }

    public string Key => $"{Section}:{Name}";

    /// <summary><c>--transfer-stall-timeout</c></summary>
    public string Flag => $"--{Kebab(Section)}-{Kebab(Name)}";

    /// <summary><c>CIVITAI_DL_TRANSFER__STALLTIMEOUT</c></summary>
    public string Variable => $"{SettingsLoader.Prefix}{Section.ToUpperInvariant()}__{Name.ToUpperInvariant()}";

    /// <summary>The settings of a class. The annotation keeps its properties when the program is trimmed.</summary>
    public static IEnumerable<Setting> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(string section, TOptions defaults) where TOptions : notnull =>
        typeof(TOptions).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => new Setting
        {
            Section = section,
            Name = property.Name,
            Description = property.GetCustomAttribute<SettingAttribute>()?.Description ?? "",
            Form = SettingForm.Of(property),
            Default = Written(property.GetValue(defaults)),
        });

    /// <summary><c>StallTimeout</c> → <c>stall-timeout</c></summary>
    public static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }

    private static string Written(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        Uri address => address.AbsoluteUri,
        TimeSpan { Ticks: var ticks } time => ticks % TimeSpan.TicksPerSecond == 0 ? time.ToString("c") : time.ToString("c").TrimEnd('0'),
        Enum word => word.ToString().ToLowerInvariant(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
