namespace CivitaiDownloader.Catalog.Searching;

/// <summary>What to do with models of one kind.</summary>
public enum Inclusion
{
    Include,
    Exclude,
    Only,
}
