using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Identifying;

/// <summary>One version that has a file with some content. Names are hostile text; null where the site did not say or could not be asked.</summary>
public sealed record IdentifiedVersion(ModelVersionId Version, ModelId? Model)
{
    /// <summary>Which of the version's files it is.</summary>
    public FileId? File { get; init; }
    public string? ModelName { get; init; }
    public string? ModelType { get; init; }
    public string? VersionName { get; init; }
    public string? BaseModel { get; init; }
}

/// <summary>What became of asking for many hashes.</summary>
public sealed class Identification
{
    private readonly Dictionary<ContentHash, IReadOnlyList<IdentifiedVersion>> _answers = [];

    /// <summary>Set when the site stopped answering; what was answered before is here, and older answers for the rest.</summary>
    public CivitaiDownloaderException? Failure { get; internal set; }

    /// <summary>When the oldest of the answers that stand in for the site was given; null when none does.</summary>
    public DateTimeOffset? Oldest { get; internal set; }

    /// <summary>Rows of the site's answer that could not be read: as many of the hashes that nobody has may be known after all. Those are asked for again the next time.</summary>
    public long Skipped { get; internal set; }

    /// <returns>The versions that have it, oldest first: empty when nobody has; null when it could not be asked.</returns>
    public IReadOnlyList<IdentifiedVersion>? Find(ContentHash sha256) => _answers.GetValueOrDefault(sha256);

    internal void Answer(ContentHash sha256, IReadOnlyList<IdentifiedVersion> versions) => _answers[sha256] = versions;
}
