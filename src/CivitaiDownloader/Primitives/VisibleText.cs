using System.Buffers;
using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Primitives;

/// <summary>Text from outside made safe to print on one line: no control, bidi, or invisible character survives as itself.</summary>
public static class VisibleText
{
    /// <summary>True for what a terminal or a reader could be fooled with: C0, C1, line separators, bidi controls, zero-width and other format
    /// characters, private use, unassigned, lone surrogates. The joiner (U+200D) and variation selectors are judged by their callers: emoji need them.</summary>
    public static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F or 0x2800 or 0xFFFC;

    /// <summary>Hidden characters become <c>�</c>, runs of white space one blank; an emoji's joiner stays where it joins; the text is cut at
    /// <paramref name="maxLength"/> UTF-16 units with <c>…</c>.</summary>
    public static string OneLine(string? text, int maxLength = 300)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var shown = new StringBuilder(Math.Min(text.Length, maxLength) + 1);
        var rest = text.AsSpan();
        Rune before = default;
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var used);
            rest = rest[used..];
            if (status != OperationStatus.Done) rune = Rune.ReplacementChar;
            else if (Rune.IsWhiteSpace(rune)) rune = new Rune(' ');
            else if (rune.Value == 0x200D && IsPictograph(before) && NextIsPictograph(rest)) { /* joins an emoji */ }
            else if (IsHidden(rune)) rune = Rune.ReplacementChar;

            var folded = rune.Value == ' ' && (shown.Length == 0 || shown[^1] == ' ');
            if (!folded)
            {
                if (shown.Length + rune.Utf16SequenceLength > maxLength) return shown.Append('…').ToString();
                shown.Append(rune.ToString());
            }

            if (rune.Value is not (0xFE0F or 0xFE0E or (>= 0x1F3FB and <= 0x1F3FF))) before = rune;
        }

        return shown.ToString().TrimEnd(' ');
    }

    private static bool NextIsPictograph(ReadOnlySpan<char> rest) =>
        Rune.DecodeFromUtf16(rest, out var next, out _) == OperationStatus.Done && IsPictograph(next);

    private static bool IsPictograph(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol || rune.Value >= 0x1F000;
}
