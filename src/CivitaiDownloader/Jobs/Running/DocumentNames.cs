namespace CivitaiDownloader.Jobs.Running;

/// <summary>Files that are text themselves, so that an answer of text is no sign of an error page.</summary>
internal static class DocumentNames
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".json", ".yaml", ".yml", ".txt", ".md", ".csv", ".toml", ".html", ".htm", ".xml" };

    public static bool Include(string fileName) => Extensions.Contains(Path.GetExtension(fileName));
}
