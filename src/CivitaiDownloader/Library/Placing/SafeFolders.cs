namespace CivitaiDownloader.Library.Placing;

/// <summary>Makes folders below a root one by one, so that a link among them cannot lead out of it.</summary>
internal static class SafeFolders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The absolute path of <paramref name="relative"/> (separated by '/'), made where it was not there.</summary>
    /// <exception cref="LibraryException">A link on the way leads out of the root, or a folder cannot be made.</exception>
    public static string Make(string root, string relative) => Make(root, relative, static path => Directory.CreateDirectory(path));

    /// <summary>As <see cref="Make(string, string)"/>; new folders can be entered by their owner only.</summary>
    public static string MakePrivate(string root, string relative) => Make(root, relative, static path =>
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
    });

    /// <summary>Checks what is there of the way, without making anything.</summary>
    /// <exception cref="LibraryException">A link on the way leads out of the root.</exception>
    public static void Check(string root, string relative)
    {
        var path = root;
        foreach (var component in relative.Split('/'))
        {
            path = Path.Combine(path, component);
            RefuseWayOut(root, path);
        }
    }

    private static string Make(string root, string relative, Action<string> make)
    {
        var path = root;
        try
        {
            if (!Directory.Exists(root))
            {
                if (File.Exists(root)) throw LibraryErrors.RootIsFile(root);
                Directory.CreateDirectory(root);
            }

            foreach (var component in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                path = Path.Combine(path, component);
                RefuseWayOut(root, path);
                if (!Directory.Exists(path)) make(path);
            }

            return path;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskRefusal.Describe(refused, path);
        }
    }

    private static void RefuseWayOut(string root, string path)
    {
        FileSystemInfo entry = new DirectoryInfo(path);
        if (entry.LinkTarget is null) return;
        var target = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? entry.LinkTarget;
        // Links in the way to the root itself are the user's choice: both sides are compared with them resolved.
        if (!IsInside(RealPath.Of(root), RealPath.Of(target))) throw LibraryErrors.LinkLeavesLibrary(path, target);
    }

    private static bool IsInside(string root, string path) =>
        path == root || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
