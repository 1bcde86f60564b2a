namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>What a list says of an importable name.</summary>
internal enum ImportStanding
{
    /// <summary>On the list of what real checkpoints need; calling it does no more than make a value.</summary>
    Good,

    /// <summary>No list knows it.</summary>
    Unknown,

    /// <summary>It runs code, or reaches files, the network or other names.</summary>
    Bad,
}

/// <summary>A name that a pickle imports.</summary>
/// <param name="Module">As the interpreter looks it up, after the old names are mapped.</param>
/// <param name="Reason">Why it stands where it does, to go on a sentence ("which runs programs"); empty for an unknown one.</param>
internal record PickleImport(string Module, string Name, ImportStanding Standing, string Reason)
{
    public string FullName => $"{Module}.{Name}";
}

/// <summary>What made an instance that holds others, with what it holds: items are added to it while it is on the stack and in the memo alike.</summary>
internal sealed record PickleHolder : PickleImport
{
    public PickleHolder(PickleImport made) : base(made)
    {
    }

    /// <summary>Items, with all that they hold.</summary>
    public long Weight { get; set; }
}
