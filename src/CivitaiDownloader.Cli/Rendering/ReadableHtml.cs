using System.Net;
using System.Text;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>A piece of readable text.</summary>
/// <param name="Lead">What stands before its first line: blanks, a bullet, a number. Further lines are set in by as much.</param>
internal sealed record TextBlock(string Lead, string Text);

/// <summary>
/// Turns the HTML of descriptions, hostile and often broken, into blocks of plain text: paragraphs, lists, links with their address. What runs, is embedded
/// or cannot be seen is left out. One pass over the text, whatever is in it.
/// </summary>
internal static class ReadableHtml
{
    private const int MostCharacters = 200_000;
    private const int MostIndent = 4;

    private static readonly HashSet<string> Dropped = ["script", "style", "iframe", "object", "noscript", "template", "svg", "head", "title", "textarea"];
    private static readonly HashSet<string> Breaking = ["p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "hr", "pre", "blockquote", "table", "tr", "section", "article", "figure", "dl", "dt", "dd"];

    public static IReadOnlyList<TextBlock> Read(string? html)
    {
        if (string.IsNullOrWhiteSpace(html)) return [];
        var text = html.Length > MostCharacters ? html[..MostCharacters] : html;
        var writer = new BlockWriter();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            if (open < 0 || open + 1 == text.Length) open = text.Length;
            writer.Text(text.AsSpan(at, open - at));
            if (open == text.Length) break;
            at = TakeTag(text, open, writer);
        }

        return writer.Finish();
    }

    /// <returns>Where the text goes on.</returns>
    private static int TakeTag(string text, int open, BlockWriter writer)
    {
        if (text.AsSpan(open).StartsWith("<!--")) return After(text, "-->", open + 4);
        if (text[open + 1] is not ('/' or '!' or '?') && !char.IsAsciiLetter(text[open + 1]))
        {
            writer.Text("<"); // "1 < 2", "<3"
            return open + 1;
        }

        var end = EndOfTag(text, open + 1);
        var tag = HtmlTag.Read(text.AsSpan(open + 1, end - open - 1));
        var next = Math.Min(end + 1, text.Length);
        if (Dropped.Contains(tag.Name) && !tag.Closes) return After(text, $"</{tag.Name}", next);
        Apply(tag, writer);
        return next;
    }

    private static void Apply(HtmlTag tag, BlockWriter writer)
    {
        switch (tag.Name)
        {
            case "a": if (tag.Closes) writer.EndLink(); else writer.BeginLink(tag.Value("href")); break;
            case "ul" or "ol": writer.Break(); if (tag.Closes) writer.EndList(); else writer.BeginList(tag.Name == "ol"); break;
            case "li": writer.Break(); if (!tag.Closes) writer.Item(); break;
            case "hr": writer.Break(); writer.Text("———"); writer.Break(); break;
            case "pre": writer.Break(); writer.KeepsLines = !tag.Closes; break;
            case "td" or "th": if (!tag.Closes) writer.Text(" "); break;
            case "img": if (tag.Value("alt") is { Length: > 0 } alt) writer.Text($"[{alt}]"); break;
            default: if (Breaking.Contains(tag.Name)) writer.Break(); break;
        }
    }

    // A tag ends at the first > outside quotes; one that never ends takes the rest with it, as in a browser.
    private static int EndOfTag(string text, int at)
    {
        var quote = '\0';
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            if (quote != '\0') quote = letter == quote ? '\0' : quote;
            else if (letter is '"' or '\'') quote = text[at - 1] == '=' ? letter : quote;
            else if (letter == '>') break;
        }

        return Math.Min(at, text.Length);
    }

    private static int After(string text, string mark, int from)
    {
        var found = text.IndexOf(mark, Math.Min(from, text.Length), StringComparison.OrdinalIgnoreCase);
        if (found < 0) return text.Length;
        return mark[^1] == '>' ? found + mark.Length : Math.Min(text.Length, EndOfTag(text, found + 1) + 1);
    }

    private sealed class BlockWriter
    {
        private readonly List<TextBlock> _blocks = [];
        private readonly StringBuilder _text = new();
        private readonly Stack<int> _lists = new(); // the next number, or 0 for bullets
        private string _lead = "";
        private string? _link;
        private int _linkStart;

        public bool KeepsLines { get; set; }

        public void Text(ReadOnlySpan<char> raw)
        {
            if (!KeepsLines || raw.IndexOf('\n') < 0)
            {
                _text.Append(WebUtility.HtmlDecode(raw.ToString()));
                return;
            }

            foreach (var line in raw.EnumerateLines())
            {
                _text.Append(WebUtility.HtmlDecode(line.ToString()));
                Break();
            }
        }

        public void BeginLink(string? address)
        {
            EndLink();
            _link = address is not null && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? address.Trim() : null;
            _linkStart = _text.Length;
        }

        public void EndLink()
        {
            if (_link is not { } address) return;
            _link = null;
            var label = _text.ToString(_linkStart, _text.Length - _linkStart).Trim();
            if (!label.Contains("://", StringComparison.Ordinal) && !address.EndsWith(label.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)) _text.Append($" ({address})");
            else if (label.Length == 0) _text.Append(address);
            else if (label.Contains("://", StringComparison.Ordinal) && label.TrimEnd('/') != address.TrimEnd('/')) _text.Append($" ({address})"); // says one address, leads to another
        }

        public void BeginList(bool isNumbered) => _lists.Push(isNumbered ? 1 : 0);

        public void EndList()
        {
            if (_lists.Count > 0) _lists.Pop();
            _lead = new string(' ', 2 * Math.Min(_lists.Count, MostIndent));
        }

        public void Item()
        {
            var number = _lists.Count > 0 ? _lists.Pop() : 0;
            _lead = new string(' ', 2 * Math.Clamp(_lists.Count, 0, MostIndent)) + (number > 0 ? $"{number}. " : "• ");
            _lists.Push(number > 0 ? number + 1 : 0);
        }

        public void Break()
        {
            if (_link is not null) EndLink();
            var text = VisibleText.OneLine(WithoutInvisible(_text.ToString()), int.MaxValue);
            _text.Clear();
            if (text.Length == 0) return;
            _blocks.Add(new(_lead, text));
            _lead = new string(' ', _lead.Length > 0 && _lists.Count > 0 ? _lead.Length : 0);
        }

        public List<TextBlock> Finish()
        {
            Break();
            return _blocks;
        }

        // Zero-width characters, bidi controls and the like carry nothing to read; the joiner stays, emoji are made with it.
        private static string WithoutInvisible(string text)
        {
            var kept = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                if (rune.Value == 0x200D || !VisibleText.IsHidden(rune) || Rune.IsWhiteSpace(rune)) kept.Append(rune.ToString());
            }

            return kept.ToString();
        }
    }
}
