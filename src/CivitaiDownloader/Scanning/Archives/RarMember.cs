namespace CivitaiDownloader.Scanning.Archives;

/// <summary>One member as a RAR archive's headers tell of it.</summary>
/// <param name="Offset">Of its header.</param>
internal sealed record RarMember(long Offset, string Name)
{
    public long DataStart { get; init; }

    public long PackedBytes { get; init; }

    /// <summary>Null when the archive leaves it open.</summary>
    public long? UnpackedBytes { get; init; }

    public uint? Checksum { get; init; }

    public bool IsFolder { get; init; }

    public bool IsStored { get; init; }

    public bool IsEncrypted { get; init; }

    /// <summary>A part of it lies in another volume.</summary>
    public bool IsSplit { get; init; }

    public long DictionaryBytes { get; init; }

    /// <summary>Of a Unix system; 0 without one.</summary>
    public int Mode { get; init; }

    /// <summary>Where a link leads when the header says so; links of older archives have it for content.</summary>
    public string? Target { get; init; }

    public bool IsHardLink { get; init; }

    public bool IsSymbolicLink => (Target is not null && !IsHardLink) || (Mode & 0xf000) == 0xa000;
}

/// <summary>What the headers of a RAR archive say.</summary>
internal sealed record RarCatalogue(IReadOnlyList<RarMember> Members, long End)
{
    /// <summary>The headers are encrypted: no more than this can be said.</summary>
    public bool IsEncrypted { get; init; }

    public bool IsVolume { get; init; }
}
