using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Placing;

/// <summary>
/// Where files wait until they are settled: on the same volume as their place, hidden, entered by the owner only, and without a model's extension,
/// so that nothing that watches the library takes one for a model.
/// </summary>
internal static class StagingFolder
{
    private const string Relative = ".civitai-dl/staging";

    /// <summary>Makes the folder and names the partial file in it.</summary>
    public static string Make(PlacementPlan plan, string key)
    {
        Check(key);
        return Path.Combine(Make(plan.Root, plan.Folder), key + ".part");
    }

    public static string Make(string root, string folder) => SafeFolders.MakePrivate(VolumeOf(root, folder), Relative);

    public static string PathFor(PlacementPlan plan, string key)
    {
        Check(key);
        return Path.Combine(Folder(plan), key + ".part");
    }

    /// <summary>The outermost folder from <paramref name="root"/> on that lies on the volume of <paramref name="folder"/>: a rename never leaves a volume, and one may be mounted inside the library.</summary>
    /// <param name="folder">Below the root, components separated by '/'; need not be there.</param>
    public static string VolumeOf(string root, string folder)
    {
        var (volume, path) = (root, root);
        try
        {
            var device = FileIdentity.Of(root).Device;
            foreach (var component in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                path = Path.Combine(path, component);
                if (FileIdentity.Of(path) is not { Inode: > 0 } there) break;
                if (there.Device == device || new DirectoryInfo(path).LinkTarget is not null) continue; // where a link leads was looked at by SafeFolders
                (volume, device) = (path, there.Device);
            }
        }
        catch (IOException)
        {
            // What cannot be looked at cannot be written to either; that is told where it is tried.
        }

        return volume;
    }

    public static void Tidy(PlacementPlan plan, string key, bool keepFolder)
    {
        var folder = Folder(plan);
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

    private static string Folder(PlacementPlan plan) => Path.Combine(VolumeOf(plan.Root, plan.Folder), Relative.Replace('/', Path.DirectorySeparatorChar));

    private static void Check(string key)
    {
        if (key.Length == 0 || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"'{key}' is no key: lower-case letters, digits and hyphens.", nameof(key));
    }
}
