namespace CivitaiDownloader.Library;

/// <summary>Where a file would go.</summary>
/// <param name="Root">The library's root or, with <c>--output</c>, the folder it names. Absolute.</param>
/// <param name="RelativePath">Below the root, components separated by '/'; each one safe.</param>
public sealed record PlacementPlan(string Root, string RelativePath)
{
    public string Path => System.IO.Path.Combine(Root, RelativePath.Replace('/', System.IO.Path.DirectorySeparatorChar));

    internal string Folder => RelativePath.Contains('/') ? RelativePath[..RelativePath.LastIndexOf('/')] : "";
}

/// <summary>A checked file that is to get its name.</summary>
/// <param name="StagedPath">Where it lies now, on the volume of the plan's root.</param>
public sealed record PlaceRequest(PlacementPlan Plan, string StagedPath)
{
    public required CheckedContent Content { get; init; }
    public required FileOrigin Origin { get; init; }

    /// <summary>Whether a hash of the catalogue proved the content.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>What the scan said; <c>unknown</c> when there was none.</summary>
    public required string Verdict { get; init; }
}

/// <summary>What became of a file that was to be placed.</summary>
public abstract record PlaceResult(LibraryFile File)
{
    public sealed record Placed(LibraryFile File) : PlaceResult(File);

    /// <summary>That content is there under that name already; the staged copy is not needed.</summary>
    public sealed record AlreadyPresent(LibraryFile File) : PlaceResult(File);
}
