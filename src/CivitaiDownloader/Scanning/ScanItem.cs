using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning;

/// <summary>What a reader is given: a file, or a part found in one.</summary>
/// <param name="Name">Its last name, by which programs would choose their reader; empty for bytes that have none.</param>
/// <param name="Member">The way to it inside the file, levels divided by <c>!</c>; null for the file itself.</param>
/// <param name="Depth">Containers it lies in.</param>
internal sealed record ScanItem(ScanSource Source, string Name, string? Member, int Depth)
{
    public string Extension => Path.GetExtension(Name).ToLowerInvariant();

    /// <summary>A part of this one. The name is hostile: it is only shown.</summary>
    public ScanItem Part(ScanSource source, string path) => new(source, path[(path.LastIndexOfAny(['/', '\\']) + 1)..], Member is null ? path : $"{Member}!{path}", Depth + 1);
}
