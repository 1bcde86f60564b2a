using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Store;

/// <summary>What the plan says of one file: enough to fetch and place it without asking what it is called.</summary>
public sealed record PlannedFile
{
    /// <summary>The target it came from, as it was typed; null where it was found by a search.</summary>
    public string? Target { get; init; }
    public ModelId? Model { get; init; }
    public required ModelVersionId Version { get; init; }
    public required FileId File { get; init; }

    /// <summary>The model's, version's, file's name, as served: hostile.</summary>
    public required string ModelName { get; init; }
    public required string VersionName { get; init; }
    public required string FileName { get; init; }

    /// <summary>LORA, Checkpoint … as served.</summary>
    public required string Type { get; init; }
    public string? BaseModel { get; init; }
    public string? Creator { get; init; }

    /// <summary>SafeTensor, PickleTensor …; null where the site does not say.</summary>
    public string? Format { get; init; }
    public string? Precision { get; init; }

    /// <summary>By the catalogue's estimate; null when it names none.</summary>
    public long? Bytes { get; init; }

    /// <summary>Those that prove content; empty when nothing does.</summary>
    public IReadOnlyList<ContentHash> Hashes { get; init; } = [];

    /// <summary>An address of its own, for a VAE that is only linked; null for all others, which are asked for by their numbers.</summary>
    public string? DownloadUrl { get; init; }

    /// <summary>Two items of a job never have the same: the content where a hash proves it, else the file's number.</summary>
    public string ContentKey => Hashes is [var hash, ..] ? $"{hash}" : $"file:{File}";
}

/// <summary>Why an item ended badly or stands still.</summary>
/// <param name="Code">A stable kebab-case name, as programs read it.</param>
/// <param name="ExitCode">What a command about this item alone would end with.</param>
public sealed record ItemError(string Code, string Message, string? Hint, int ExitCode);

/// <summary>How long each stage of the last attempt took; null for one that was not reached.</summary>
public sealed record StageTimes
{
    public TimeSpan? Resolving { get; init; }
    public TimeSpan? Downloading { get; init; }
    public TimeSpan? Verifying { get; init; }
    public TimeSpan? Scanning { get; init; }
    public TimeSpan? Placing { get; init; }
}

/// <summary>An item as the store has it.</summary>
public sealed record ItemRecord
{
    public required ItemId Id { get; init; }
    public required JobId Job { get; init; }
    public required PlannedFile File { get; init; }
    public required ItemStatus Status { get; init; }

    /// <summary>Set while it is processed.</summary>
    public ItemStage? Stage { get; init; }
    public Priority Priority { get; init; }

    /// <summary>How often it was claimed since it was planned, or since somebody had it retried.</summary>
    public int Attempts { get; init; }

    /// <summary>A pending one is not claimed before this moment.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Of the last attempt; kept while the next one waits or runs.</summary>
    public ItemError? Error { get; init; }

    /// <summary>Where it lies; set when it is done.</summary>
    public string? Path { get; init; }
    public string? Sha256 { get; init; }
    public bool IsVerified { get; init; }

    /// <summary>What the scan said: <c>unknown</c> until there is one.</summary>
    public string Verdict { get; init; } = "unknown";

    /// <summary>Bytes that came over the network for it, all attempts together.</summary>
    public long BytesFetched { get; init; }
    public StageTimes Times { get; init; } = new();
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What is worth knowing and no error: replaced since it was planned, a companion that could not be written.</summary>
    public string? Note { get; init; }

    /// <summary>Of the store's count at its last change: whoever remembers the highest asks only for what is newer.</summary>
    public long Revision { get; init; }
}
