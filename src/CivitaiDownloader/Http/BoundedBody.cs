using System.IO.Compression;

namespace CivitaiDownloader.Http;

/// <summary>Reads bodies into memory up to a limit that holds for the decoded bytes, so that a small answer cannot unfold into a large one.</summary>
internal static class BoundedBody
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <exception cref="HttpException">The body is longer, or its host falls silent.</exception>
    public static async Task<byte[]> ReadAsync(Stream body, Uri source, long maxBytes, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await ReadAsync(body, source, maxBytes, silence);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw HttpErrors.TimedOut(source, LongestSilence);
        }
    }

    /// <exception cref="InvalidDataException">An encoding that was not asked for.</exception>
    public static Stream Decode(Stream body, string? encoding) => encoding?.ToLowerInvariant() switch
    {
        null or "identity" => body,
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => throw new InvalidDataException($"the encoding '{encoding}' was not asked for"),
    };

    private static async Task<byte[]> ReadAsync(Stream body, Uri source, long maxBytes, CancellationTokenSource silence)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            silence.CancelAfter(LongestSilence);
            var read = await body.ReadAsync(buffer, silence.Token);
            if (read == 0) return whole.ToArray();
            if (whole.Length + read > maxBytes) throw HttpErrors.BodyTooLarge(source, maxBytes);
            whole.Write(buffer, 0, read);
        }
    }
}
