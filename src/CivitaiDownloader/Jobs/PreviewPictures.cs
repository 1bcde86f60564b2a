using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs;

/// <summary>A picture that was fetched.</summary>
/// <param name="Extension">What the bytes are, by their beginning: <c>.png</c>, <c>.jpeg</c>, <c>.webp</c>.</param>
public sealed record PreviewPicture(byte[] Bytes, string Extension);

/// <summary>Fetches preview pictures from the image host: without the key, bounded in size, and only what is a picture by its bytes.</summary>
public sealed class PreviewPictures(Outbound outbound)
{
    private const int MostBytes = 16 << 20;

    /// <exception cref="CivitaiDownloaderException">It cannot be had, is too large, or is no picture.</exception>
    public async Task<PreviewPicture> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        await using var answer = await outbound.SendAsync(new(address), cancellationToken);
        if ((int)answer.Status != 200) throw new PreviewException($"{new RedactedUri(address)} answered {(int)answer.Status}");
        var bytes = await ReadAsync(answer, cancellationToken);
        return PictureKind.ExtensionOf(bytes) is { } extension ? new(bytes, extension) : throw new PreviewException($"{new RedactedUri(address)} sent something that is no picture");
    }

    private static async Task<byte[]> ReadAsync(OutboundAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.ReadBodyAsync(MostBytes, cancellationToken);
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
