using System.Text;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>The names in a document, wherever they stand: an object may be read from inside of what looks like a stream. Letters written as numbers are read as letters (ISO 32000-1, section 7.3.5).</summary>
internal static class PdfNames
{
    private const int LongestName = 16;

    // Each long enough that packed data does not show it by chance. An action that runs a script has /JavaScript or /Rendition beside /JS.
    private static readonly HashSet<string> Acting = ["JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "Rendition", "SubmitForm", "ImportData", "Encrypt"];

    /// <returns>The first name of something that acts, or hides what does.</returns>
    public static (string? Active, bool HasObjectStreams) Of(ReadOnlySpan<byte> bytes)
    {
        var objectStreams = false;
        Span<char> name = stackalloc char[LongestName];
        for (int at = 0, next; (next = bytes[at..].IndexOf((byte)'/')) >= 0;)
        {
            at += next + 1;
            var letters = name[..Read(bytes[at..], name)];
            if (letters.Length is < 6 or >= LongestName) continue;
            if (Acting.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(letters, out var acting)) return (acting, objectStreams);
            objectStreams |= letters.SequenceEqual("ObjStm");
        }

        return (null, objectStreams);
    }

    private static int Read(ReadOnlySpan<byte> bytes, Span<char> name)
    {
        var length = 0;
        for (var at = 0; at < bytes.Length && length < name.Length; at++)
        {
            var letter = (char)bytes[at];
            if (letter == '#' && at + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[at + 1]) && char.IsAsciiHexDigit((char)bytes[at + 2]))
            {
                letter = (char)Convert.FromHexString(Encoding.ASCII.GetString(bytes.Slice(at + 1, 2)))[0];
                at += 2;
            }
            else if (!char.IsAsciiLetter(letter)) break;
            name[length++] = letter;
        }

        return length;
    }
}
