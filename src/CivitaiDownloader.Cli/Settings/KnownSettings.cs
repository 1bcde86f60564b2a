using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Http;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>The settings there are. A misspelt one is an error, not silence; a test holds the list against the options classes.</summary>
internal static class KnownSettings
{
    public static readonly string[] Keys =
    [
        .. Of(HttpOptions.Section, nameof(HttpOptions.Endpoint), nameof(HttpOptions.ConnectTimeout), nameof(HttpOptions.AnswerTimeout), nameof(HttpOptions.MaxAttempts),
            nameof(HttpOptions.RetryBaseDelay), nameof(HttpOptions.RetryMaxDelay), nameof(HttpOptions.MaxRetryAfter), nameof(HttpOptions.MaxConnectionsPerHost),
            nameof(HttpOptions.CacheLifetime), nameof(HttpOptions.MaxApiAnswerBytes)),
        .. Of(TransferOptions.Section, nameof(TransferOptions.StallTimeout), nameof(TransferOptions.MaxFruitlessAttempts), nameof(TransferOptions.RetryBaseDelay), nameof(TransferOptions.RetryMaxDelay)),
        .. Of(LibraryOptions.Section, nameof(LibraryOptions.Root), nameof(LibraryOptions.Template), nameof(LibraryOptions.WriteInfo), nameof(LibraryOptions.WritePreview)),
    ];

    /// <summary>The key as it is spelt here.</summary>
    /// <param name="where">Who named it, for the message.</param>
    /// <exception cref="UsageException">There is no such setting.</exception>
    public static string Require(string key, string where) => Keys.FirstOrDefault(known => known.Equals(key, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException("settings", $"{where} names the setting '{VisibleText.OneLine(key, 80)}', which does not exist")
        { Hint = $"There are {string.Join(", ", Keys)}. Nothing was done." };

    private static IEnumerable<string> Of(string section, params string[] names) => names.Select(name => $"{section}:{name}");
}
