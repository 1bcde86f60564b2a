using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Jobs;

/// <summary>One thing a person asked for.</summary>
/// <param name="Text">The target as it was typed, for messages and results.</param>
public sealed record GetRequest(Target Target, string Text)
{
    public FilePreferences Preferences { get; init; } = new();

    /// <summary>A folder or a file name that replaces the library's template; null for the template.</summary>
    public string? Output { get; init; }

    public CacheUse Cache { get; init; } = CacheUse.Normal;
}
