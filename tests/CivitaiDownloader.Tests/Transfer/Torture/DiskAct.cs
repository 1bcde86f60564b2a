namespace CivitaiDownloader.Tests.Transfer.Torture;

internal enum DiskActKind
{
    Create,
    Write,
    SetLength,

    /// <summary>Room is set aside; the file is at least so long then.</summary>
    Extend,

    Rename,
    Delete,
    Flush,
    FlushFolder,
}

/// <summary>A file, whatever its name is at the moment.</summary>
internal sealed class TracedFile
{
    /// <summary>Its name when it was first met: where it is found if it was there before the trace began.</summary>
    public required string FirstName { get; init; }

    public bool IsPartial => FirstName.EndsWith(".part", StringComparison.Ordinal);
}

/// <summary>One thing a program did to a folder's files.</summary>
/// <param name="Begun">The moment it was asked for, as a place in the trace.</param>
/// <param name="Done">The moment it was answered.</param>
internal sealed record DiskAct(DiskActKind Kind, TracedFile? File, int Begun, int Done)
{
    public long Offset { get; init; }

    public long Length { get; init; }

    /// <summary>What was written; null where only the place is known.</summary>
    public byte[]? Bytes { get; init; }

    public string? Name { get; init; }

    /// <summary>Of a rename; null when it led out of the folder.</summary>
    public string? NewName { get; init; }
}
