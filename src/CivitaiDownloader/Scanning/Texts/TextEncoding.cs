using System.Buffers;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>How bytes that are text are written. Everything is looked at, not only the beginning: what goes on as something else is no text.</summary>
internal static class TextEncoding
{
    private const int WindowBytes = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    // What stands in texts of all kinds: tab, line ends, page ends, and the escapes of coloured logs and of DOS.
    private static readonly SearchValues<byte> Controls = SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31, 127]);
    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001c\u001d\u001e\u001f\u007f\ufffe\uffff");

    /// <returns>Null when it is no text.</returns>
    public static Encoding? Of(ScanSource source)
    {
        var head = source.Peek(0, WindowBytes);
        if (ByMark(head) is { } marked) return IsWide(source, marked) ? marked : null;
        if (head.AsSpan().Contains((byte)0)) return ByZeros(head) is { } unmarked && IsWide(source, unmarked) ? unmarked : null;
        return IsNarrow(source) switch { Narrow.Utf8 => Utf8, Narrow.Latin => Encoding.Latin1, _ => null };
    }

    private static UnicodeEncoding? ByMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xff, 0xfe, ..] => new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: false),
        [0xfe, 0xff, ..] => new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: false),
        _ => null,
    };

    // Mostly ASCII in two bytes each: every second byte is zero, and no other.
    private static UnicodeEncoding? ByZeros(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8 || head.Length % 2 != 0) return null;
        var (even, odd) = (0, 0);
        for (var at = 0; at < head.Length; at += 2)
        {
            even += head[at] == 0 ? 1 : 0;
            odd += head[at + 1] == 0 ? 1 : 0;
        }

        var most = head.Length / 2 * 8 / 10;
        return (even, odd) switch
        {
            (0, _) when odd > most => new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: false),
            (_, 0) when even > most => new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: false),
            _ => null,
        };
    }

    private static bool IsWide(ScanSource source, Encoding encoding)
    {
        if (source.Length < 2 || source.Length % 2 != 0) return false;
        var bytes = new byte[(int)Math.Min(WindowBytes, source.Length)];
        var characters = new char[bytes.Length / 2];
        for (long at = 0; at < source.Length; at += bytes.Length)
        {
            var count = encoding.GetChars(bytes.AsSpan(0, source.Read(at, bytes)), characters);
            if (characters.AsSpan(0, count).ContainsAny(ControlCharacters)) return false;
        }

        return true;
    }

    private enum Narrow
    {
        None,
        Utf8,
        Latin,
    }

    // Everything that is not UTF-8 counts as Latin-1, code pages of East Asia included: only controls are no text.
    private static Narrow IsNarrow(ScanSource source)
    {
        var narrow = Narrow.Utf8;
        var bytes = new byte[(int)Math.Min(WindowBytes, source.Length)];
        for (long at = 0; at < source.Length;)
        {
            var window = bytes.AsSpan(0, source.Read(at, bytes));
            if (window.IndexOfAny(Controls) >= 0) return Narrow.None;
            var whole = at + window.Length == source.Length ? window.Length : WholeCharacters(window);
            if (narrow == Narrow.Utf8 && !Utf8IsValid(window[..whole])) narrow = Narrow.Latin;
            at += whole;
        }

        return narrow;
    }

    private static bool Utf8IsValid(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    // A character of several bytes may begin in this window and end in the next.
    private static int WholeCharacters(ReadOnlySpan<byte> window)
    {
        for (var back = 1; back <= 3 && back < window.Length; back++)
        {
            if ((window[^back] & 0xc0) == 0xc0) return window.Length - back;
            if ((window[^back] & 0x80) == 0) break;
        }

        return window.Length;
    }
}
