using System.Net;
using System.Net.Http;

namespace CivitaiDownloader.Http;

/// <summary>
/// Takes in an answer's body while its request can still be made again: one that is cut, garbled or falls silent is a failed attempt like one that got no
/// answer. Afterwards the answer holds the decoded bytes; those of a JSON text that ends in the middle as <see cref="ShortContent"/>.
/// </summary>
internal static class WholeBody
{
    private const long MostErrorBytes = 256 * 1024;

    /// <exception cref="HttpException">The body broke off, does not decode, falls silent, or is longer than <paramref name="maxBytes"/>.</exception>
    public static async Task<HttpResponseMessage> ReadAsync(HttpResponseMessage response, Uri address, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            var body = response.StatusCode == HttpStatusCode.OK ? await ReadBodyAsync(response, address, maxBytes, cancellationToken) : await ReadErrorAsync(response, address, cancellationToken);
            var type = response.Content.Headers.TryGetValues("Content-Type", out var values) ? values.First() : null;
            response.Content.Dispose();
            response.Content = EndsShort(body) && response.StatusCode == HttpStatusCode.OK ? new ShortContent(body) : new ByteArrayContent(body);
            if (type is not null) response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, Uri address, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            var encodings = string.Join(", ", response.Content.Headers.ContentEncoding);
            await using var decoded = BoundedBody.Decode(await response.Content.ReadAsStreamAsync(cancellationToken), encodings.Length == 0 ? null : encodings);
            return await BoundedBody.ReadAsync(decoded, address, maxBytes, cancellationToken);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or InvalidDataException)
        {
            throw HttpErrors.BodyBroken(address, cut);
        }
    }

    // Of an error the status says enough: its text may break off.
    private static async Task<byte[]> ReadErrorAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadBodyAsync(response, address, MostErrorBytes, cancellationToken);
        }
        catch (HttpException)
        {
            return [];
        }
    }

    /// <summary>A gzip stream that just ends, and a body that the connection's end closes, are not told from whole ones below us. A JSON object or array is.</summary>
    public static bool EndsShort(ReadOnlySpan<byte> body)
    {
        var text = body.Trim(" \t\r\n"u8);
        return !text.IsEmpty && ((text[0] == '{' && text[^1] != '}') || (text[0] == '[' && text[^1] != ']'));
    }

    /// <summary>A body that ends in the middle: worth another attempt, and given to the caller as it is when there is none left.</summary>
    public sealed class ShortContent(byte[] body) : ByteArrayContent(body);
}
