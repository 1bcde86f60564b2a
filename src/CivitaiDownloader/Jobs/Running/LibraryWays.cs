using System.Collections.Concurrent;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Plans and carries out items of one library folder.</summary>
public sealed record LibraryWay(LibraryStore Library, ItemPlanner Planner, ItemRunner Runner);

/// <summary>The ways into libraries: a job may have a folder of its own. Safe from any thread.</summary>
public sealed class LibraryWays(LibraryWay usual, LibraryOptions options, ItemParts parts, Database database, HttpOptions http, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LibraryWay> _others = new(StringComparer.Ordinal);

    /// <param name="root">Absolute; null for the library of the settings.</param>
    /// <exception cref="LibraryException">The template has a mistake.</exception>
    public LibraryWay To(string? root) => root is null ? usual : _others.GetOrAdd(root, Make);

    private LibraryWay Make(string root)
    {
        var library = new LibraryStore(new() { Root = root, Template = options.Template, WriteInfo = options.WriteInfo, WritePreview = options.WritePreview }, database, time);
        return new(library, new(library, new(library, http), http, time), new(parts, library, time));
    }
}
