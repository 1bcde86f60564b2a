using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>What is saved beside a model: the version's description and a preview picture (docs/formats/sidecar.md).</summary>
public sealed class Companions(CivitaiCatalog catalog, PreviewPictures pictures, LibraryOptions options)
{
    private const string Info = ".civitai.info";

    /// <returns>What could not be done, each a sentence: the model is in place all the same.</returns>
    internal async Task<IReadOnlyList<string>> WriteAsync(ItemPlan plan, LibraryFile file, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        if (options.WriteInfo) await TryAsync("The version's description", WriteInfoAsync(plan, file, cancellationToken), warnings);
        if (options.WritePreview) await TryAsync("The preview picture", WritePreviewAsync(plan, file, cancellationToken), warnings);
        return warnings;
    }

    private static async Task TryAsync(string what, Task work, List<string> warnings)
    {
        try
        {
            await work;
        }
        catch (CivitaiDownloaderException failure)
        {
            warnings.Add($"{what} could not be saved: {failure.Message}.");
        }
    }

    private async Task WriteInfoAsync(ItemPlan plan, LibraryFile file, CancellationToken cancellationToken)
    {
        if (LibraryStore.IsBeside(file, Info)) return;
        var version = await catalog.GetVersionAsync(plan.Version.Id, plan.Request.Cache, cancellationToken);
        LibraryStore.WriteBeside(file, Info, version.Json.Span);
    }

    private async Task WritePreviewAsync(ItemPlan plan, LibraryFile file, CancellationToken cancellationToken)
    {
        if (plan.Version.Images.FirstOrDefault(image => image.IsStill) is not { } image) return;
        if (PictureKind.Extensions.Any(extension => LibraryStore.IsBeside(file, ".preview" + extension))) return;
        var picture = await pictures.FetchAsync(image.Url, cancellationToken);
        LibraryStore.WriteBeside(file, ".preview" + picture.Extension, picture.Bytes);
    }
}
