namespace CivitaiDownloader.Catalog.Searching;

/// <summary>What to do with models that were archived: their pages stay, their files are not offered any more.</summary>
public enum ArchivedChoice
{
    Exclude,
    Include,
    Only,
}
