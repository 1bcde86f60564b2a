namespace CivitaiDownloader.Library.Placing;

/// <summary>
/// Where files wait until they are settled: on the same volume as their place, hidden, entered by the owner only, and without a model's extension,
/// so that nothing that watches the library takes one for a model.
/// </summary>
internal static class StagingFolder
{
    private const string Relative = ".civitai-dl/staging";

    public static string PathFor(string root, string key)
    {
        if (key.Length == 0 || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"'{key}' is no key: lower-case letters, digits and hyphens.", nameof(key));
        return Path.Combine(SafeFolders.MakePrivate(root, Relative), key + ".part");
    }

    public static long BytesOf(string root, string key) =>
        new FileInfo(Path.Combine(root, Relative.Replace('/', Path.DirectorySeparatorChar), key + ".part")) is { Exists: true, Length: var bytes } ? bytes : 0;

    public static void Tidy(string root, string key, bool keepFolder)
    {
        var folder = Path.Combine(root, Relative.Replace('/', Path.DirectorySeparatorChar));
        var partial = Path.Combine(folder, key + ".part");
        try
        {
            if (!File.Exists(partial)) File.Delete(partial + ".journal");
            if (keepFolder) return;
            Directory.Delete(folder);
            Directory.Delete(Path.GetDirectoryName(folder)!);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Not empty: another download is under way.
        }
    }
}
