using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>A text in pieces, so that a long one needs no memory of its length. Each piece repeats the end of the one before it: what is searched for is never cut.</summary>
internal static class TextWindows
{
    public const int HeadBytes = 64 * 1024;

    private const int OverlapCharacters = 1024;

    /// <summary>The first 64 KiB, without a byte order mark.</summary>
    public static string Head(ScanSource source, Encoding encoding) => encoding.GetString(source.Peek(0, HeadBytes)).TrimStart('\ufeff');

    public static IEnumerable<string> All(ScanSource source, Encoding encoding)
    {
        var decoder = encoding.GetDecoder();
        var bytes = new byte[(int)Math.Min(HeadBytes, source.Length)]; // most texts are short, and there are many
        var characters = new char[OverlapCharacters + encoding.GetMaxCharCount(bytes.Length)];
        var kept = 0;
        for (long at = 0; at < source.Length;)
        {
            var read = source.Read(at, bytes);
            if (read == 0) yield break;
            at += read;
            var length = kept + decoder.GetChars(bytes.AsSpan(0, read), characters.AsSpan(kept), flush: at >= source.Length);
            yield return new(characters, 0, length);
            kept = Math.Min(OverlapCharacters, length);
            characters.AsSpan(length - kept, kept).CopyTo(characters);
        }
    }
}
