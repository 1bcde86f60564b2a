using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Configuration;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>Reads settings from where people put them.</summary>
internal static class SettingsLoader
{
    private const string Prefix = "CIVITAI_DL_";

    /// <exception cref="UsageException">A mistake in the file, a variable or a flag.</exception>
    public static CliSettings Load(ParseResult parse)
    {
        var home = HomeOf(parse.GetValue(GlobalOptions.Home));
        var configuration = new ConfigurationBuilder();
        SettingsFile.AddTo(configuration, Path.Combine(home, "config.json"));
        configuration.AddInMemoryCollection(FromEnvironment());
        configuration.AddInMemoryCollection(FromCommandLine(parse));
        return new(home, configuration.Build(), EnvironmentKey());
    }

    /// <summary>For the demo: a host of its own, no key, and nothing of what is set for the real site.</summary>
    public static CliSettings ForDemo(string home, string library, Uri endpoint) => new(
        home, new ConfigurationBuilder().AddInMemoryCollection([new("Http:Endpoint", endpoint.AbsoluteUri), new("Library:Root", library)]).Build(), Key: null);

    /// <summary>The home folder: the flag, else the variable, else the system's place for data of a user's programs.</summary>
    public static string HomeOf(string? flag) => Path.GetFullPath(Chosen(flag, "CIVITAI_DL_HOME")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "civitai-dl"));

    private static string? Chosen(string? flag, string variable) => flag is { Length: > 0 } ? flag : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : null;

    // CIVITAI_DL_TRANSFER__STALLTIMEOUT is Transfer:StallTimeout; other variables with the prefix are not settings of a class.
    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment()
    {
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || !name.Contains("__", StringComparison.Ordinal)) continue;
            yield return new(KnownSettings.Require(name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), $"The variable {name}"), (string?)variable.Value);
        }

        foreach (var (variable, key) in new[] { ("CIVITAI_ENDPOINT", "Http:Endpoint"), ("CIVITAI_DL_LIBRARY", "Library:Root") })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value) yield return new(key, value);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromCommandLine(ParseResult parse)
    {
        foreach (var set in parse.GetValue(GlobalOptions.Set) ?? [])
        {
            var equals = set.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new UsageException("settings", $"'--set {VisibleText.OneLine(set, 120)}' has no KEY=VALUE") { Hint = "Write it as --set Library:Template={type}/{fileName}. Nothing was done." };
            yield return new(KnownSettings.Require(set[..equals], "--set"), set[(equals + 1)..]);
        }

        if (parse.GetValue(GlobalOptions.Endpoint) is { Length: > 0 } endpoint) yield return new("Http:Endpoint", endpoint);
        if (parse.GetValue(GlobalOptions.Library) is { Length: > 0 } library) yield return new("Library:Root", library);
    }

    private static SecretString? EnvironmentKey()
    {
        try
        {
            return ApiKey.Parse(Environment.GetEnvironmentVariable("CIVITAI_API_KEY"));
        }
        catch (FormatException mistake)
        {
            throw new UsageException("settings", $"CIVITAI_API_KEY: {mistake.Message}") { Hint = "Nothing was sent." };
        }
    }
}
