namespace CivitaiDownloader.Catalog.Searching;

/// <summary>The site's ratings as its bit mask (civitai-api 2.3).</summary>
[Flags]
public enum ContentRatings
{
    None = 0,
    Pg = 1,
    Pg13 = 2,
    R = 4,
    X = 8,
    Xxx = 16,
    All = Pg | Pg13 | R | X | Xxx,
}
