using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs;

/// <summary>Says of what Civitai publishes whether the library has it.</summary>
public sealed class LibraryView(LibraryStore library, HttpOptions http)
{
    private readonly string _site = CatalogSite.Of(http.Endpoint);

    /// <summary>By its content; a file without a hash by its number, which means something on one site only.</summary>
    public LibraryFile? Find(ModelFile file) => FindAll(file) is [var copy, ..] ? copy : null;

    public IReadOnlyList<LibraryFile> FindAll(ModelFile file) => file.Sha256 is { } sha256 ? library.Find(sha256) : library.Find(_site, file.Id);

    /// <summary>Models that may be there: those that files were fetched for.</summary>
    public IReadOnlyList<ModelId> Models() => [.. library.ModelIds().Select(id => new ModelId(id))];

    /// <summary>Whether any file of the model is there.</summary>
    public bool HasAnyOf(Model model) => model.Versions.SelectMany(version => version.Files).Any(file => Find(file) is not null);
}
