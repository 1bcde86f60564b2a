using CivitaiDownloader.Catalog;
using CivitaiDownloader.Library;

namespace CivitaiDownloader.Jobs;

/// <summary>Says of what Civitai publishes whether the library has it.</summary>
public sealed class LibraryView(LibraryStore library)
{
    public LibraryFile? Find(ModelFile file) => (file.Sha256 is { } sha256 ? library.Find(sha256) : library.Find(file.Id)) is [var copy, ..] ? copy : null;

    /// <summary>Whether any file of the model is there.</summary>
    public bool HasAnyOf(Model model) => model.Versions.SelectMany(version => version.Files).Any(file => Find(file) is not null);
}
