using CivitaiDownloader.Http;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Library.Verifying;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Verifying;

/// <summary>What is to be checked.</summary>
/// <param name="Paths">Files and folders; none for the whole library.</param>
public sealed record VerifyRequest(IReadOnlyList<string> Paths)
{
    public FileSelection Selection { get; init; }

    public VerifyStart Start { get; init; }

    /// <summary>Files read at a time.</summary>
    public int Readers { get; init; } = Environment.ProcessorCount;

    public CacheUse Cache { get; init; } = CacheUse.Normal;
}

/// <summary>What a check will read.</summary>
/// <param name="Files">On disk: those of the history and those that were found besides.</param>
/// <param name="Missing">Of the history, not on disk.</param>
public sealed record VerifyPlan(VerifyRequest Request, IReadOnlyList<FoundFile> Files, IReadOnlyList<LibraryFile> Missing, VerifyRun Run)
{
    /// <summary>For the paths of <see cref="Files"/> that history knows: what the library placed there.</summary>
    public required IReadOnlyDictionary<string, LibraryFile> Expected { get; init; }

    /// <summary>Pipes, sockets and devices in folders: they are no files.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];
}

/// <summary>What a check found out.</summary>
/// <param name="Failure">Set when Civitai was needed and could not be asked; the run stays open, and the next start reads nothing again.</param>
public sealed record VerifyReport(IReadOnlyList<VerifiedFile> Files, CivitaiDownloaderException? Failure);
