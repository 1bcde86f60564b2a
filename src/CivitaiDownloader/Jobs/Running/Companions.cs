using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>What is saved beside a model: the version's description and a preview picture (docs/formats/sidecar.md).</summary>
public sealed class Companions(CivitaiCatalog catalog, Outbound outbound, LibraryOptions options)
{
    private const string Info = ".civitai.info";
    private const int MostPictureBytes = 16 << 20;

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
        await using var answer = await outbound.SendAsync(new(image.Url), cancellationToken);
        if ((int)answer.Status != 200) throw new PreviewException($"{new RedactedUri(image.Url)} answered {(int)answer.Status}");
        var picture = await ReadAsync(answer, cancellationToken);
        if (PictureKind.ExtensionOf(picture) is not { } found) throw new PreviewException($"{new RedactedUri(image.Url)} sent something that is no picture");
        LibraryStore.WriteBeside(file, ".preview" + found, picture);
    }

    private static async Task<byte[]> ReadAsync(OutboundAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.ReadBodyAsync(MostPictureBytes, cancellationToken);
        }
        catch (Exception cut) when (cut is IOException or System.Net.Http.HttpRequestException)
        {
            throw new PreviewException(VisibleText.OneLine(cut.Message));
        }
    }

    private sealed class PreviewException(string message) : CivitaiDownloaderException(message)
    {
        public override string Code => "preview";

        public override bool IsTransient => true;
    }
}
