using CivitaiDownloader.Library.Placing;

namespace CivitaiDownloader.Library;

/// <summary>What a library's folder can do, found out with a small file that is made, renamed as a download would be, and removed.</summary>
/// <param name="IsThere">False when the folder is still to be made: the nearest one above it was tried then.</param>
/// <param name="IsCaseSensitive">Whether <c>a</c> and <c>A</c> are two files.</param>
/// <param name="TakesLinks">Whether symbolic links can be made.</param>
public sealed record LibraryTrial(bool IsThere, bool IsCaseSensitive, bool TakesLinks)
{
    private const string Staging = ".civitai-dl/staging";

    /// <exception cref="LibraryException">It cannot be written. Nothing is left behind.</exception>
    public static LibraryTrial Run(string root)
    {
        var isThere = Directory.Exists(root);
        var ground = isThere ? root : NearestFolder(root);
        var name = "trial-" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
        var folder = isThere ? Staging : $".{name}";
        var made = FirstMissing(ground, folder);
        try
        {
            return Try(SafeFolders.MakePrivate(ground, folder), Path.Combine(ground, $".{name}.part"), name) with { IsThere = isThere };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskRefusal.Describe(refused, ground);
        }
        finally
        {
            RemoveEmpty(made, Path.Combine(ground, folder.Replace('/', Path.DirectorySeparatorChar)));
        }
    }

    private static LibraryTrial Try(string staging, string place, string name)
    {
        var file = Path.Combine(staging, name + ".part");
        var link = Path.Combine(staging, name + ".link");
        try
        {
            using (var written = new FileStream(file, FileMode.CreateNew))
            {
                written.Write("a library's trial\n"u8);
                written.Flush(flushToDisk: true);
            }

            var trial = new LibraryTrial(IsThere: true, !File.Exists(Path.Combine(staging, name.ToUpperInvariant() + ".PART")), TryLink(link, file));
            AtomicRename.TryMove(file, place);
            return trial;
        }
        finally
        {
            foreach (var left in new[] { link, file, place }) File.Delete(left);
        }
    }

    private static bool TryLink(string link, string file)
    {
        try
        {
            File.CreateSymbolicLink(link, file);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false; // exFAT, and Windows without the right to
        }
    }

    private static string NearestFolder(string path)
    {
        for (var above = path; above is not null; above = Path.GetDirectoryName(above))
        {
            if (Directory.Exists(above)) return above;
            if (File.Exists(above)) throw DiskRefusal.Describe(new IOException("a file of that name is in the way"), above);
        }

        return path;
    }

    private static string? FirstMissing(string ground, string folder)
    {
        var path = ground;
        foreach (var component in folder.Split('/'))
        {
            path = Path.Combine(path, component);
            if (!Directory.Exists(path)) return path;
        }

        return null;
    }

    // From the innermost up to the first that was not there before. One that another process has begun to use stays.
    private static void RemoveEmpty(string? made, string folder)
    {
        try
        {
            for (var path = folder; made is not null && path.Length >= made.Length; path = Path.GetDirectoryName(path)!) Directory.Delete(path);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
        }
    }
}
