using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Configuration;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>Reads settings from where people put them.</summary>
internal static class SettingsLoader
{
    public const string Prefix = "CIVITAI_DL_";

    /// <exception cref="CivitaiDownloaderException">A mistake in the file, a variable or a flag, or a stored key that cannot be read.</exception>
    public static CliSettings Load(ParseResult parse) => AccountKey.AddTo(LoadAnonymous(parse));

    /// <summary>Without looking for a key: for commands that change where keys and settings come from.</summary>
    /// <exception cref="UsageException">A mistake in the file, a variable or a flag.</exception>
    public static CliSettings LoadAnonymous(ParseResult parse)
    {
        var home = Home(parse);
        return Make(home, [.. ReadAll(home, parse).Select(read => read.Require())]);
    }

    /// <summary>As <see cref="LoadAnonymous"/>, leaving out what is a mistake.</summary>
    public static CliSettings LoadReadable(ParseResult parse, out IReadOnlyList<UsageException> mistakes)
    {
        var home = Home(parse);
        var read = ReadAll(home, parse).ToArray();
        mistakes = [.. read.Select(one => one.Mistake).OfType<UsageException>()];
        return Make(home, read.Select(one => one.Value).OfType<SettingValue>());
    }

    public static string Home(ParseResult parse) => HomeOf(parse.GetValue(GlobalOptions.Home));

    /// <summary>Of several values for one key the last counts.</summary>
    public static CliSettings Make(string home, IEnumerable<SettingValue> rising)
    {
        var set = new Dictionary<string, SettingValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in rising) set[value.Key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(set.Values.Select(value => new KeyValuePair<string, string?>(value.Key, value.Value))).Build();
        return new(home, configuration, Key: null) { Set = set };
    }

    /// <summary>For the demo: a host of its own, no key, and nothing of what is set for the real site.</summary>
    public static CliSettings ForDemo(string home, string library, Uri endpoint) => new(
        home, new ConfigurationBuilder().AddInMemoryCollection([new("Http:Endpoint", endpoint.AbsoluteUri), new("Library:Root", library)]).Build(), Key: null);

    /// <summary>The home folder: the flag, else the variable, else the system's place for data of a user's programs.</summary>
    public static string HomeOf(string? flag) => Path.GetFullPath(Chosen(flag, "CIVITAI_DL_HOME")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "civitai-dl"));

    private static string? Chosen(string? flag, string variable) => flag is { Length: > 0 } ? flag : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : null;

    private static IEnumerable<SettingRead> ReadAll(string home, ParseResult parse) => [.. SettingsFile.ReadAll(SettingsFile.PathIn(home)), .. FromEnvironment(), .. FromCommandLine(parse)];

    // CIVITAI_DL_TRANSFER__STALLTIMEOUT is Transfer:StallTimeout; other variables with the prefix are not settings of a class.
    private static IEnumerable<SettingRead> FromEnvironment()
    {
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || !name.Contains("__", StringComparison.Ordinal)) continue;
            var key = name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal);
            yield return KnownSettings.Find(key) is { } setting ? new SettingValue(setting.Key, (string?)variable.Value ?? "", SettingSource.Environment, name) : SettingsErrors.Unknown(key, $"The variable {name}");
        }

        foreach (var (variable, key) in new[] { ("CIVITAI_ENDPOINT", "Http:Endpoint"), ("CIVITAI_DL_LIBRARY", "Library:Root") })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value) yield return new SettingValue(key, value, SettingSource.Environment, variable);
        }
    }

    private static IEnumerable<SettingRead> FromCommandLine(ParseResult parse)
    {
        foreach (var set in parse.GetValue(GlobalOptions.Set) ?? [])
        {
            var equals = set.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) yield return SettingsErrors.NoValue(set);
            else if (KnownSettings.Find(set[..equals]) is { } setting) yield return new SettingValue(setting.Key, set[(equals + 1)..], SettingSource.CommandLine, "--set");
            else yield return SettingsErrors.Unknown(set[..equals], "--set");
        }

        foreach (var given in SettingFlags.Given(parse)) yield return given;
        foreach (var (option, key) in new[] { (TransferFlags.Bandwidth, "Transfer:Bandwidth"), (TransferFlags.Parallel, "Transfer:FilesAtOnce") })
        {
            if (parse.GetResult(option) is not null) yield return new SettingValue(key, parse.GetValue(option) ?? "", SettingSource.CommandLine, option.Name);
        }

        if (parse.GetValue(GlobalOptions.Endpoint) is { Length: > 0 } endpoint) yield return new SettingValue("Http:Endpoint", endpoint, SettingSource.CommandLine, "--endpoint");
        if (parse.GetValue(GlobalOptions.Offline)) yield return new SettingValue("Http:Offline", "true", SettingSource.CommandLine, "--offline"); // for all parts: nothing at all goes out
        if (parse.GetValue(GlobalOptions.Library) is { Length: > 0 } library) yield return new SettingValue("Library:Root", library, SettingSource.CommandLine, "--library");
    }
}
