using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Tests.Cli.Settings;

/// <summary>One property of one options class, found by looking at the assemblies, not at the program's own list.</summary>
internal sealed record OptionsProperty(Type Class, string Section, PropertyInfo Property)
{
    public string Key => $"{Section}:{Property.Name}";

    public object? Default => Property.GetValue(Activator.CreateInstance(Class));

    /// <summary>A value that is allowed and not the default.</summary>
    public string Another(string certificateFile) => Key switch
    {
        "Http:Endpoint" => "http://127.0.0.1:9/",
        "Http:CertificateAuthority" => certificateFile,
        "Transfer:Bandwidth" => "08:00 512M 18:00 off",
        "Scan:Clamd" => "unix:/run/another.ctl",
        "Scan:ClamdPolicy" => "prefer",
        "Library:Template" => "elsewhere/{fileName}",
        _ => Default switch
        {
            bool flag => flag ? "false" : "true",
            int or long => Neighbour(Convert.ToInt64(Default, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture),
            TimeSpan time => Duration is { } bounds && time + TimeSpan.FromMilliseconds(10) > Time(bounds.Maximum) ? Written(time - TimeSpan.FromMilliseconds(10)) : Written(time + TimeSpan.FromMilliseconds(10)),
            string => "/another-text",
            _ => throw new NotSupportedException($"{Key}: say here what another value of it is."),
        },
    };

    /// <summary>Values beyond the bounds; none for a setting without.</summary>
    public IEnumerable<string> OutOfBounds()
    {
        if (Range is { } range)
        {
            yield return (Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture);
            yield return (Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        }

        if (Duration is { } bounds)
        {
            yield return Written(Time(bounds.Minimum) - TimeSpan.FromTicks(1));
            yield return Written(Time(bounds.Maximum) + TimeSpan.FromTicks(1));
        }

        if (Property.GetCustomAttribute<RequiredAttribute>() is not null) yield return "";
        if (Property.PropertyType != typeof(string)) yield return "nonsense";
    }

    private RangeAttribute? Range => Property.GetCustomAttribute<RangeAttribute>();

    private DurationRangeAttribute? Duration => Property.GetCustomAttribute<DurationRangeAttribute>();

    private long Neighbour(long value) => Range is { } range && value + 1 > Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture) ? value - 1 : value + 1;

    private static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    private static string Written(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}

/// <summary>Every class of the product's assemblies that is called …Options and has a section.</summary>
internal static class OptionsClasses
{
    public static IReadOnlyList<OptionsProperty> Properties { get; } =
    [
        .. new[] { typeof(HttpOptions).Assembly, typeof(CivitaiDownloader.Cli.CommandLine.CivitaiDl).Assembly, typeof(CivitaiDownloader.Sandbox.SandboxHost).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(type => (type, section: type.GetField("Section", BindingFlags.Static | BindingFlags.Public)?.GetRawConstantValue() as string)).Where(pair => pair.section is not null)
            .SelectMany(pair => pair.type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => new OptionsProperty(pair.type, pair.section!, property))),
    ];

    public static OptionsProperty Find(string key) => Properties.Single(property => property.Key == key);
}
