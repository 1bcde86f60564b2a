using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Naming;

/// <summary>
/// Makes one plain path component of any text: valid on Linux, Windows and macOS whatever this machine runs, in form C, without hidden characters.
/// The same text always gives the same name, and a name that is safe stays as it is.
/// </summary>
public static class SafeName
{
    /// <summary>In UTF-8 bytes and in UTF-16 units: 255 less room for a collision suffix (9) and for <c>.preview.jpeg</c> in place of a short extension.</summary>
    public const int MostUnits = 230;

    private const int HashDigits = 8;
    private const string Forbidden = "<>:\"/\\|?*";

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>A file's name. An extension that is not one of a model's, or none, gets <see cref="FileExtensions.Neutral"/> behind it.</summary>
    public static string File(string text)
    {
        var name = Plain(text);
        if (name.Length == 0) return $"file-{Fingerprint(text)}{FileExtensions.Neutral}";
        if (!FileExtensions.IsAllowed(Path.GetExtension(name))) name += FileExtensions.Neutral;
        return Shorten(name, Path.GetExtension(name), text);
    }

    /// <summary>A folder's name.</summary>
    public static string Folder(string text)
    {
        var name = Plain(text);
        return name.Length == 0 ? $"folder-{Fingerprint(text)}" : Shorten(name, "", text);
    }

    /// <summary>Equal for names that some file system takes for one: without regard to case and Unicode form.</summary>
    public static string FoldKey(string name) => CanonicalForm.Compose(CanonicalForm.Compose(name).ToUpperInvariant());

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in CanonicalForm.Compose(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control || (rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal))) plain.Append('_');
            else if (Rune.IsWhiteSpace(rune)) plain.Append(' ');
            else if (!VisibleText.IsHidden(rune)) plain.Append(rune.ToString());
        }

        // Taking characters out may bring others together.
        var name = CanonicalForm.Compose(plain.ToString()).Trim(' ').TrimEnd('.', ' ');
        if (name.Length == 0) return name;
        if (name[0] is '.' or '-' or '~' || Devices.Contains(name.Split('.')[0].TrimEnd(' '))) name = "_" + name;
        return name;
    }

    private static string Shorten(string name, string extension, string original)
    {
        if (Fits(name)) return name;
        if (extension.Length > 32) extension = "";
        var tail = $"~{Fingerprint(original)}{extension}";
        var kept = new StringBuilder();
        var bytes = Encoding.UTF8.GetByteCount(tail);
        foreach (var rune in name[..^extension.Length].EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostUnits) break;
            kept.Append(rune.ToString());
        }

        return kept.ToString().TrimEnd('.', ' ') + tail;
    }

    // A name never has more UTF-16 units than UTF-8 bytes.
    private static bool Fits(string name) => Encoding.UTF8.GetByteCount(name) <= MostUnits;

    private static string Fingerprint(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];
}
