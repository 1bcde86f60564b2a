using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Configuration;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>Everything a command is set to: defaults, below config.json, below the environment, below the command line.</summary>
/// <param name="Home">The folder of the database, config.json and the stored key.</param>
/// <param name="Key">Null when there is none.</param>
internal sealed record CliSettings(string Home, IConfiguration Configuration, SecretString? Key)
{
    /// <summary>What was set, each key once with the value that counts; what is not here has its default.</summary>
    public IReadOnlyDictionary<string, SettingValue> Set { get; init; } = new Dictionary<string, SettingValue>();

    public KeySource KeySource { get; init; }

    /// <summary>config.json, whether it is there or not.</summary>
    public string File => SettingsFile.PathIn(Home);

    public SettingValue ValueOf(Setting setting) => Set.TryGetValue(setting.Key, out var set) ? set : new(setting.Key, setting.Default, SettingSource.Default, "");
}
