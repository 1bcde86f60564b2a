using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>
/// Finds files below paths that people name. Links are followed, also out of the folder: model folders are often put together with them, and nothing
/// is written here. Each folder is entered once, under the first name it is reached by, so a loop of links ends. Pipes, sockets and devices are never opened:
/// one that is named is refused, those in folders are skipped.
/// </summary>
public static class FileFinder
{
    private const string OwnFolder = ".civitai-dl"; // where the library keeps what is not settled

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    /// <returns>In the order of <paramref name="paths"/>, below each by name. What cannot be looked into is among them, with its reason.</returns>
    public static FoundFiles Find(IEnumerable<string> paths, FileSelection selection, CancellationToken cancellationToken)
    {
        var (found, skipped) = (new List<FoundFile>(), new List<string>());
        var entered = new HashSet<FileIdentity>();
        foreach (var path in paths)
        {
            var from = found.Count;
            Enter(new(path, Path.GetFullPath(path)), selection, new(found, skipped), entered, cancellationToken);
            found.Sort(from, found.Count - from, Comparer<FoundFile>.Create((one, other) => string.CompareOrdinal(one.Shown, other.Shown)));
        }

        return new([.. found.DistinctBy(file => file.Path)], [.. skipped.Distinct()]);
    }

    /// <summary>One file by its path.</summary>
    public static FoundFile At(string path)
    {
        var full = Path.GetFullPath(path);
        return Describe(new FileInfo(full), path);
    }

    private static void Enter(Place root, FileSelection selection, Finds finds, HashSet<FileIdentity> entered, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(root.Path))
        {
            finds.Files.Add(Describe(new FileInfo(root.Path), root.Shown));
            return;
        }

        var folders = new Stack<Place>([root]);
        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (entered.Add(IdentityOf(folder.Path))) Look(folder, selection, finds, folders);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                finds.Files.Add(new(folder.Path, folder.Shown) { Refusal = LibraryErrors.NotReadable(folder.Path, refused) });
            }
        }
    }

    private static void Look(Place folder, FileSelection selection, Finds finds, Stack<Place> folders)
    {
        foreach (var entry in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos("*", Everything))
        {
            var shown = Path.Combine(folder.Shown, entry.Name);
            if ((entry.Attributes & FileAttributes.Directory) != 0)
            {
                if (entry.Name != OwnFolder) folders.Push(new(shown, entry.FullName));
            }
            else if (selection == FileSelection.All || FileExtensions.IsModel(Path.GetExtension(entry.Name)))
            {
                var file = Describe(entry as FileInfo ?? new FileInfo(entry.FullName), shown);
                if (file.Refusal is { Fault: LibraryFault.NotARegularFile }) finds.Skipped.Add(shown);
                else finds.Files.Add(file);
            }
        }
    }

    private static FoundFile Describe(FileInfo file, string shown)
    {
        try
        {
            var real = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            if (real.Exists && real.Length == 0 && SpecialFile.Of(real.FullName) is { } kind) return new(file.FullName, shown) { Refusal = LibraryErrors.NotARegularFile(shown, kind) };
            return real.Exists
                ? new(file.FullName, shown) { RealPath = real.FullName, Stamp = FileStamp.Of(real) }
                : new(file.FullName, shown) { Refusal = file.LinkTarget is { } target ? LibraryErrors.BrokenLink(shown, target) : LibraryErrors.NoSuchPath(shown) };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new(file.FullName, shown) { Refusal = LibraryErrors.NotReadable(shown, refused) };
        }
    }

    private static FileIdentity IdentityOf(string folder) =>
        FileIdentity.Of(new DirectoryInfo(folder) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder : folder);

    private readonly record struct Place(string Shown, string Path);

    private readonly record struct Finds(List<FoundFile> Files, List<string> Skipped);
}
