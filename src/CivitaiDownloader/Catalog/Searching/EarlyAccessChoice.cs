namespace CivitaiDownloader.Catalog.Searching;

/// <summary>What to do with models whose first shown version may still have to be bought.</summary>
public enum EarlyAccessChoice
{
    Include,
    Exclude,
    Only,
}
