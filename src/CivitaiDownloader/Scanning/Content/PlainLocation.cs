namespace CivitaiDownloader.Scanning.Content;

/// <summary>Whether the name of another file, as a model gives it, stays in the model's own folder on every system.</summary>
internal static class PlainLocation
{
    public static bool Is(string location) =>
        location.Length > 0 && location[0] is not ('/' or '\\' or '~') && !location.Contains('\\', StringComparison.Ordinal) && !location.Contains(':', StringComparison.Ordinal)
        && !location.Contains('\0', StringComparison.Ordinal) && !location.Contains('%', StringComparison.Ordinal) && !location.Contains('$', StringComparison.Ordinal)
        && location.Split('/').All(part => part.Trim() is not ("" or ".." or "...") || (part.Length == 0 && location.Length > 1));
}
