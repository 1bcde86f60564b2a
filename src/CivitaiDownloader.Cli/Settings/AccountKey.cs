using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Settings;

internal enum KeySource
{
    None,

    /// <summary>The variable CIVITAI_API_KEY; goes to whatever endpoint is set.</summary>
    Environment,

    /// <summary>Stored by <c>login</c>; goes to the site it was stored for, and to no other.</summary>
    Stored,
}

/// <summary>Finds the key a command signs in with.</summary>
internal static class AccountKey
{
    public const string Variable = "CIVITAI_API_KEY";

    /// <exception cref="UsageException">The variable holds no key.</exception>
    /// <exception cref="KeyStoreException">The stored keys cannot be read.</exception>
    public static CliSettings AddTo(CliSettings settings)
    {
        if (IsInEnvironment) return settings with { Key = Parse(), KeySource = KeySource.Environment };
        var stored = Endpoint(settings) is { } endpoint ? new KeyStore(settings.Home).Find(endpoint) : null;
        return stored is null ? settings : settings with { Key = stored.Key, KeySource = KeySource.Stored };
    }

    public static bool IsInEnvironment => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Null when it is not an address: what is wrong with it is said when the settings are checked.</summary>
    public static Uri? Endpoint(CliSettings settings) => Uri.TryCreate(settings.Configuration["Http:Endpoint"] ?? new HttpOptions().Endpoint.AbsoluteUri, UriKind.Absolute, out var endpoint) ? endpoint : null;

    /// <summary>A stored key that others on this machine can read is no secret any more.</summary>
    public static void WarnIfOpen(CliSettings settings, Screen screen)
    {
        if (settings.KeySource != KeySource.Stored || new KeyStore(settings.Home) is not { } store || store.OpenMode() is not { } mode) return;
        screen.Warn($"others can read your API key in '{store.File}' (mode {mode}): run `chmod 600` on it, and think of a new key.");
    }

    private static SecretString? Parse()
    {
        try
        {
            return ApiKey.Parse(Environment.GetEnvironmentVariable(Variable));
        }
        catch (FormatException mistake)
        {
            throw new UsageException("settings", $"{Variable}: {mistake.Message}") { Hint = "Nothing was sent." };
        }
    }
}
