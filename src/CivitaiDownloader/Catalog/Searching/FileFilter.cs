namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Format and size of the files, in any version that is shown. The API knows formats, not sizes.</summary>
internal static class FileFilter
{
    public static IEnumerable<ModelFilter> For(SearchQuery query)
    {
        if (query.FileFormats.Count > 0) yield return new("file-format", model => MainFiles(model).Any(file => HasFormat(file, query)), IsBackstop: true);
        if (query.MaxFileBytes is { } most) yield return new("max-size", model => MainFiles(model).Any(file => HasFormat(file, query) && file.EstimatedBytes <= most));
    }

    // A page of settings beside a checkpoint says nothing about the checkpoint.
    private static IEnumerable<ModelFile> MainFiles(Model model) => model.Versions.SelectMany(version => version.Files)
        .Where(file => file.IsPrimary || file.Type is not ("Config" or "Training Data" or "VAE" or "Text Encoder" or "Vision Encoder" or "CLIPVision" or "Negative"));

    private static bool HasFormat(ModelFile file, SearchQuery query) =>
        query.FileFormats.Count == 0 || query.FileFormats.Contains(file.Format, StringComparer.OrdinalIgnoreCase) || (file.IsSafeTensor && query.FileFormats.Contains("SafeTensor"));
}
