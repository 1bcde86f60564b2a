using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Configuration;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>Everything a command is set to: defaults, below config.json, below the environment, below the command line.</summary>
/// <param name="Home">The folder of the database and config.json.</param>
/// <param name="Key">Null when there is none.</param>
internal sealed record CliSettings(string Home, IConfiguration Configuration, SecretString? Key);
