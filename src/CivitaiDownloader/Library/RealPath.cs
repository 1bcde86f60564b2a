namespace CivitaiDownloader.Library;

/// <summary>Where a path leads when every link on its way is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux has it

    /// <summary>Absolute, without a separator at its end. What is not there stays as it is named.</summary>
    /// <exception cref="IOException">Links lead in a circle, or cannot be read.</exception>
    public static string Of(string path) => Of(path, MostLinks);

    private static string Of(string path, int left)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path)) ?? "";
        foreach (var component in Path.GetFullPath(path)[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(real, component));
            if (next.LinkTarget is null) real = next.FullName;
            else if (left == 0) throw new IOException($"Too many links on the way of '{path}'.");
            else real = Of(next.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next.FullName, left - 1); // the target's own way may have links
        }

        return Path.TrimEndingDirectorySeparator(real);
    }
}

/// <summary>Names of files by which the same one is known whatever links lead to its folder. A file that is itself a link keeps its own name. Remembers folders; for one thread.</summary>
internal sealed class RealNames
{
    private readonly Dictionary<string, string> _folders = [];

    /// <param name="path">Absolute. What cannot be followed keeps its name.</param>
    public string Of(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder) return path;
        if (!_folders.TryGetValue(folder, out var real)) _folders[folder] = real = Follow(folder);
        return Path.Combine(real, Path.GetFileName(path));
    }

    /// <summary>The folder that a path is or leads to; for a file, <see cref="Of"/>.</summary>
    public string OfPlace(string path) => File.Exists(path) ? Of(path) : Follow(path);

    private static string Follow(string path)
    {
        try
        {
            return RealPath.Of(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
