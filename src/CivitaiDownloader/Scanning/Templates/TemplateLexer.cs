using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CivitaiDownloader.Scanning.Templates;

/// <summary>Takes the code out of a Jinja template as its lexer does: texts first of all, so that a block's end inside one ends nothing.</summary>
internal static partial class TemplateLexer
{
    public static List<TemplateToken> Tokens(string template)
    {
        var tokens = new List<TemplateToken>();
        var at = 0;
        var canEnd = true;
        while (at < template.Length - 1)
        {
            var open = template.IndexOf('{', at);
            if (open < 0 || open + 1 >= template.Length) break;
            at = template[open + 1] switch
            {
                '#' => template.IndexOf("#}", open + 2, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : template.Length,
                '%' when canEnd && Raw(template, open, ref canEnd) is { } end => end,
                '{' or '%' => Block(template, open + 2, template[open + 1] == '{' ? '}' : '%', tokens),
                _ => open + 1,
            };
        }

        return tokens;
    }

    // What stands in a raw block is text: a comment that begins in it hides nothing behind it. One that is never closed is an error to the engine, and read here as code.
    private static int? Raw(string template, int open, ref bool canEnd)
    {
        var begin = RawBegin().Match(template, open);
        if (!begin.Success) return null;
        var end = RawEnd().Match(template, open + begin.Length);
        canEnd = end.Success; // searched for once, however many begin
        return end.Success ? end.Index + end.Length : null;
    }

    [GeneratedRegex(@"\G\{%[-+]?\s*raw\s*-?%\}", RegexOptions.CultureInvariant)]
    private static partial Regex RawBegin();

    [GeneratedRegex(@"\{%[-+]?\s*endraw\s*[-+]?%\}", RegexOptions.CultureInvariant)]
    private static partial Regex RawEnd();

    private static int Block(string template, int at, char close, List<TemplateToken> tokens)
    {
        var braces = 0;
        while (at < template.Length)
        {
            var letter = template[at];
            if (letter == close && at + 1 < template.Length && template[at + 1] == '}' && (close == '%' || braces == 0)) break;
            if (letter is '\'' or '"')
            {
                tokens.Add(new(TemplateTokenKind.Text, Text(template, ref at, letter)));
            }
            else if (letter == '_' || char.IsLetter(letter))
            {
                tokens.Add(new(TemplateTokenKind.Name, Run(template, ref at, next => next == '_' || char.IsLetterOrDigit(next)).Normalize(NormalizationForm.FormKC)));
            }
            else if (char.IsAsciiDigit(letter))
            {
                tokens.Add(new(TemplateTokenKind.Number, Run(template, ref at, next => next is '_' || char.IsAsciiLetterOrDigit(next))));
            }
            else
            {
                braces += letter == '{' ? 1 : letter == '}' && braces > 0 ? -1 : 0;
                if (!char.IsWhiteSpace(letter)) tokens.Add(new(TemplateTokenKind.Sign, letter.ToString()));
                at++;
            }
        }

        tokens.Add(new(TemplateTokenKind.End, close.ToString()));
        return at + 2;
    }

    private static string Run(string template, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < template.Length && belongs(template[at])) at++;
        return template[start..at];
    }

    private static string Text(string template, ref int at, char quote)
    {
        var text = new StringBuilder();
        for (at++; at < template.Length && template[at] != quote; at++)
        {
            if (template[at] == '\\' && at + 1 < template.Length) Escape(template, ref at, text);
            else text.Append(template[at]);
        }

        at++;
        return text.ToString();
    }

    // As Python resolves them; a letter spelt by name cannot be known here and is left, which IndirectAccess looks for.
    private static void Escape(string template, ref int at, StringBuilder text)
    {
        var letter = template[++at];
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + digits < template.Length && uint.TryParse(template.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            text.Append(Rune.IsValid(code) ? new Rune(code).ToString() : "\ufffd");
            at += digits;
        }
        else if (letter is >= '0' and <= '7')
        {
            var (value, count) = (0, 0);
            for (; count < 3 && at + count < template.Length && template[at + count] is >= '0' and <= '7'; count++) value = (value * 8) + (template[at + count] - '0');
            text.Append((char)value);
            at += count - 1;
        }
        else if (letter is '\n' or '\r')
        {
            // The line goes on: neither sign belongs to the text.
            if (letter == '\r' && at + 1 < template.Length && template[at + 1] == '\n') at++;
        }
        else
        {
            text.Append(letter switch { 'n' => "\n", 't' => "\t", 'r' => "\r", 'a' => "\a", 'b' => "\b", 'f' => "\f", 'v' => "\v", '\\' or '\'' or '"' => letter.ToString(), _ => "\\" + letter });
        }
    }
}
