using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>One thing that a source names.</summary>
public abstract record SourceEntry
{
    private SourceEntry() { }

    /// <summary>What it is has still to be asked.</summary>
    public sealed record Named(ListedTarget Target) : SourceEntry;

    /// <summary>A model as a list of the site shows it, with its versions and their files.</summary>
    public sealed record Listed(Model Model) : SourceEntry;
}
