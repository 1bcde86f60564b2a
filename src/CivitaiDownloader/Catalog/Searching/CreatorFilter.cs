namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Of a creator's name the API drops what is no ASCII letter, digit or underscore (civitai-api 3.1), and finds whoever is called by the rest.</summary>
internal static class CreatorFilter
{
    public static IEnumerable<ModelFilter> For(SearchQuery query)
    {
        if (query.Creator?.Trim() is { } name && name.Any(IsDropped)) yield return new("creator", model => string.Equals(model.Creator, name, StringComparison.OrdinalIgnoreCase), IsBackstop: true);
    }

    // A blank becomes an underscore.
    private static bool IsDropped(char letter) => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or ' ');
}
