using System.Buffers;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

/// <summary>Reads an API key as people paste it.</summary>
public static class ApiKey
{
    // What may stand in a bearer token (RFC 6750, section 2.1).
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>Null for an empty text. White space around the key is dropped.</summary>
    /// <exception cref="FormatException">A character that no key has, such as a line break inside. The message does not show the key.</exception>
    public static SecretString? Parse(string? text)
    {
        var key = text?.Trim();
        if (string.IsNullOrEmpty(key)) return null;
        var wrong = key.AsSpan().IndexOfAnyExcept(Allowed);
        return wrong < 0 ? new SecretString(key) : throw new FormatException(
            $"The API key has a character that no key has (U+{(int)key[wrong]:X4} at position {wrong + 1} of {key.Length}). Copy it again from the account page, on one line.");
    }
}
