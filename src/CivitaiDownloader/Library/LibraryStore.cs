using System.Text;
using CivitaiDownloader.Library.History;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Library.Placing;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Library;

/// <summary>One library on disk: where files go, what is there, and how a checked file gets its name. Safe to use from many threads and processes.</summary>
public sealed class LibraryStore
{
    // A file is last written to before its row is; clocks of file systems are coarse.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(2);

    private const int MostNameBytes = 255; // of ext4, APFS, NTFS (there in UTF-16 units, which are never more)

    private readonly PlacementTemplate _template;
    private readonly PlacementHistory _history;
    private readonly Placer _placer;

    /// <exception cref="LibraryException">The template has a mistake.</exception>
    public LibraryStore(LibraryOptions options, Database database, TimeProvider time)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Root));
        _template = PlacementTemplate.Parse(options.Template);
        _history = new(database);
        _placer = new(_history, time);
    }

    /// <summary>Absolute, without a separator at its end.</summary>
    public string Root { get; }

    /// <summary>Where a file would go. Touches no disk except to tell a folder from a file in <paramref name="output"/>.</summary>
    /// <param name="output">A folder, or the name of the file itself; null for the library and its template.</param>
    /// <exception cref="LibraryException">A name in <paramref name="output"/> is too long for any disk.</exception>
    public PlacementPlan Plan(PlacementFacts facts, string? output)
    {
        if (output is null) return new(Root, _template.Render(facts));
        if (Directory.Exists(output) || Path.EndsInDirectorySeparator(output)) return new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)), SafeName.File(facts.FileName));
        var path = Path.GetFullPath(output);
        if (path.Split(Path.DirectorySeparatorChar).FirstOrDefault(name => Encoding.UTF8.GetByteCount(name) > MostNameBytes) is { } longest)
            throw LibraryErrors.NameTooLong(longest, Encoding.UTF8.GetByteCount(longest), MostNameBytes);
        return new(Path.GetDirectoryName(path)!, Path.GetFileName(path)); // the user's own name, taken as it is
    }

    /// <exception cref="LibraryException">The root is a file. It need not be there.</exception>
    public void RequireFolder()
    {
        if (File.Exists(Root)) throw LibraryErrors.RootIsFile(Root);
    }

    /// <summary>Copies of this content that are still there.</summary>
    public IReadOnlyList<LibraryFile> Find(ContentHash sha256) => _history.Find(sha256);

    /// <summary>The same for many at once.</summary>
    public ILookup<ContentHash, LibraryFile> Find(IReadOnlyCollection<ContentHash> sha256) => _history.Find(sha256).ToLookup(file => file.Sha256);

    /// <summary>Copies of this file of one catalogue that are still there; for files without a hash.</summary>
    /// <param name="site">As <see cref="FileOrigin.Site"/> has it. What was placed without saying from which is not found.</param>
    public IReadOnlyList<LibraryFile> Find(string site, FileId file) => _history.Find(site, file);

    /// <summary>What history has at or below these paths, still there or not: of this library and of folders given with <c>--output</c>, whatever links lead to them now or did then.</summary>
    public IReadOnlyList<LibraryFile> Placed(IReadOnlyCollection<string> paths)
    {
        var names = new RealNames();
        string[] places = [.. paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).SelectMany(path => new[] { path, names.OfPlace(path) }).Distinct()];
        return [.. _history.Placed().Where(file => places.Any(place => IsAtOrBelow(file.Path, place) || IsAtOrBelow(names.Of(file.Path), place)))];
    }

    /// <summary>Numbers of the catalogue's models that history has files of; some of those files may be gone.</summary>
    public IReadOnlyList<long> ModelIds() => _history.ModelIds();

    /// <summary>Whether a copy still is what was placed: one that was written to since is read again.</summary>
    public static bool IsUnchanged(LibraryFile file)
    {
        try
        {
            return File.GetLastWriteTimeUtc(file.Path) <= file.PlacedAt.UtcDateTime + SettlingTime || Placer.HasContent(file.Path, file.Bytes, file.Sha256);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The partial file for <paramref name="key"/> on the volume the plan leads to; its folder is made, for its owner only.</summary>
    /// <param name="key">Lower-case letters, digits and hyphens.</param>
    /// <exception cref="LibraryException">The folder cannot be made, or a link leads out of the root.</exception>
    public static string StagingPath(PlacementPlan plan, string key)
    {
        SafeFolders.Check(plan.Root, plan.RelativePath);
        return StagingFolder.Make(plan, key);
    }

    /// <summary>Gives a checked file its name: no name in use is taken, nothing is overwritten, and history has it before anyone can see it.</summary>
    /// <exception cref="LibraryException">The disk refuses, a link leads out of the root, or the staged file was changed. It is kept.</exception>
    public PlaceResult Place(PlaceRequest request) => _placer.Place(request);

    /// <summary>The file that has the planned name now, if its content has that hash: it was put there by hand, or the history is gone. It is taken into the history.</summary>
    public LibraryFile? Adopt(PlacementPlan plan, ContentHash sha256, FileOrigin origin) => _placer.Adopt(plan, sha256, origin);

    /// <summary>Bytes free on the volume the plan leads to; null when the system does not tell.</summary>
    public static long? FreeBytes(PlacementPlan plan) => FreeSpace.At(StagingFolder.VolumeOf(plan.Root, plan.Folder));

    /// <summary>The folder where the file system that the plan leads to begins: the plan's root, or one below it.</summary>
    public static string VolumeOf(PlacementPlan plan) => StagingFolder.VolumeOf(plan.Root, plan.Folder);

    /// <summary>Where <see cref="StagingPath"/> is or would be. Makes nothing.</summary>
    public static string StagedPath(PlacementPlan plan, string key) => StagingFolder.PathFor(plan, key);

    /// <exception cref="LibraryException">Fewer than <paramref name="needed"/> bytes are free.</exception>
    public static void RequireSpace(PlacementPlan plan, long needed)
    {
        if (FreeBytes(plan) is { } free && free < needed) throw LibraryErrors.NoSpace(plan.Root, needed, free);
    }

    /// <summary>Writes what belongs to a placed file beside it, as <c>STEM + suffix</c>. A file that is there already is left alone.</summary>
    /// <returns>True when it was written.</returns>
    /// <exception cref="LibraryException">The disk refuses.</exception>
    public static bool WriteBeside(LibraryFile file, string suffix, ReadOnlySpan<byte> content) => Sidecar.Write(file, suffix, content);

    /// <summary>Whether <c>STEM + suffix</c> lies beside the file.</summary>
    public static bool IsBeside(LibraryFile file, string suffix) => Path.Exists(Sidecar.PathFor(file, suffix));

    /// <summary>Removes what a transfer left behind although its file is in place.</summary>
    public static void TidyFile(PlacementPlan plan, string key) => StagingFolder.Tidy(plan, key, keepFolder: true);

    /// <summary>As <see cref="TidyFile"/>, and an output folder's staging folder when it is empty: nobody may be about to use it.</summary>
    public void Tidy(PlacementPlan plan, string key) => StagingFolder.Tidy(plan, key, keepFolder: plan.Root == Root);

    private static bool IsAtOrBelow(string path, string folder) => path.StartsWith(folder, FileNames)
        && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar);

    private static StringComparison FileNames => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
