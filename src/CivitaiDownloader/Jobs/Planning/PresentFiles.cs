using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Which of many files the library has, by content; those without a hash by their number.</summary>
internal sealed class PresentFiles(LibraryStore library, HttpOptions http)
{
    private const long Rounding = 2048; // sizes are served in KiB with a fraction, and older ones are rounded (civitai-api 2.5)

    private readonly string _site = CatalogSite.Of(http.Endpoint);

    /// <returns>Copies that are still what was placed, wherever they lie, in the order of the files.</returns>
    public IReadOnlyList<IReadOnlyList<LibraryFile>> CopiesOf(IReadOnlyList<Candidate> candidates)
    {
        var known = library.Find([.. candidates.Select(candidate => candidate.File.Sha256).OfType<ContentHash>().Distinct()]);
        return [.. candidates.Select(candidate => Unchanged(candidate.File.Sha256 is { } sha256 ? known[sha256] : library.Find(_site, candidate.File.Id)))];
    }

    /// <summary>A file that somebody put where this one goes: taken into the history when it is the same.</summary>
    /// <param name="isTaken">Whether anything has the name.</param>
    public LibraryFile? Adopt(Candidate candidate, PlacementPlan place, out bool isTaken)
    {
        var there = new FileInfo(place.Path);
        isTaken = there.Exists || Directory.Exists(place.Path);
        if (!there.Exists || candidate.File is not { Sha256: { } sha256, EstimatedBytes: var bytes } || Math.Abs(there.Length - (bytes ?? there.Length)) > Rounding) return null;
        return library.Adopt(place, sha256, new((candidate.Model?.Id ?? candidate.Version.ModelId)?.Value, candidate.Version.Id.Value, candidate.File.Id.Value) { Site = _site });
    }

    private static IReadOnlyList<LibraryFile> Unchanged(IEnumerable<LibraryFile> copies) => [.. copies.Where(LibraryStore.IsUnchanged)];
}
