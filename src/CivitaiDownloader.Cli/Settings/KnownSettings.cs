using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Http;
using CivitaiDownloader.Library;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>The settings there are, read from the options classes. A misspelt one is an error, not silence.</summary>
internal static class KnownSettings
{
    // Every options class stands in both; a test looks for one that does not.
    public static readonly string[] Sections = [HttpOptions.Section, TransferOptions.Section, LibraryOptions.Section, ScanOptions.Section];

    private static readonly Lazy<IReadOnlyList<Setting>> Read = new(() =>
    [
        .. Setting.Of(HttpOptions.Section, new HttpOptions()),
        .. Setting.Of(TransferOptions.Section, new TransferOptions()),
        .. Setting.Of(LibraryOptions.Section, new LibraryOptions()),
        .. Setting.Of(ScanOptions.Section, new ScanOptions()),
    ]);

    /// <summary>Read when first asked for: most runs set nothing.</summary>
    public static IReadOnlyList<Setting> All => Read.Value;

    public static string[] Keys => [.. All.Select(setting => setting.Key)];

    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <param name="where">Who named it, for the message.</param>
    /// <exception cref="UsageException">There is no such setting.</exception>
    public static Setting Require(string key, string where) => Find(key) ?? throw SettingsErrors.Unknown(key, where);
}
