namespace CivitaiDownloader.Library.Hashing;

/// <summary>A file, or what stands in its place, below what a person named.</summary>
/// <param name="Path">Absolute; links in it are kept.</param>
/// <param name="Shown">As it is reached from what was typed.</param>
public sealed record FoundFile(string Path, string Shown)
{
    public FileStamp Stamp { get; init; }

    /// <summary>Where a link ends; else <see cref="Path"/>.</summary>
    public string RealPath { get; init; } = Path;

    /// <summary>Why it cannot be read; null when it can, as far as is known before trying.</summary>
    public LibraryException? Refusal { get; init; }
}

/// <summary>What lies at and below the paths that people named.</summary>
/// <param name="Files">What can be read, and what cannot, with its reason.</param>
/// <param name="Skipped">Pipes, sockets and devices in folders, as they are reached: they are no files.</param>
public sealed record FoundFiles(IReadOnlyList<FoundFile> Files, IReadOnlyList<string> Skipped)
{
    public static readonly FoundFiles None = new([], []);
}

/// <summary>Which files of a folder are looked at. One that is named itself always is.</summary>
public enum FileSelection
{
    /// <summary>Those with a model's extension.</summary>
    Models,
    All,
}
