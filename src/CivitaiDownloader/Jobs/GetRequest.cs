using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Jobs;

/// <summary>One thing a person asked for.</summary>
/// <param name="Text">The target as it was typed, for messages and results.</param>
public sealed record GetRequest(Target Target, string Text)
{
    /// <summary>As typed, but for a key that was pasted with it: that is dropped here, before anyone keeps or shows the text.</summary>
    public string Text { get; init; } = TargetText.WithoutSecrets(Text);

    public FilePreferences Preferences { get; init; } = new();

    /// <summary>A folder or a file name that replaces the library's template; null for the template.</summary>
    public string? Output { get; init; }

    public CacheUse Cache { get; init; } = CacheUse.Normal;
}
