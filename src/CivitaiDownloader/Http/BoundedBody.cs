using System.Buffers;
using System.IO.Compression;

namespace CivitaiDownloader.Http;

/// <summary>Reads bodies into memory up to a limit that holds for the decoded bytes, so that a small answer cannot unfold into a large one.</summary>
internal static class BoundedBody
{
    private const int FirstBytes = 16 * 1024;
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
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        var length = 0;
        try
        {
            while (true)
            {
                silence.CancelAfter(LongestSilence);
                var read = await body.ReadAsync(buffer.AsMemory(length), silence.Token);
                if (read == 0) return buffer.AsSpan(0, length).ToArray();
                length += read;
                if (length > maxBytes) throw HttpErrors.BodyTooLarge(source, maxBytes);
                if (length == buffer.Length) buffer = Larger(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Larger(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(full.Length * 2L, Array.MaxLength));
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
