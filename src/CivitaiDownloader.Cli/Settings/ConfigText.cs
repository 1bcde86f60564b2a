using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>The text of config.json and where everything stands in it, so that one setting is changed and every comment stays as it is.</summary>
internal sealed class ConfigText
{
    private static readonly JsonReaderOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly byte[] _text;
    private readonly Block _root;

    private ConfigText(byte[] text, Block root) => (_text, _root) = (text, root);

    /// <summary>Null when it is not an object in JSON.</summary>
    public static ConfigText? TryParse(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, Tolerant);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? new(text, ReadBlock(ref reader)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary><c>line 3, column 12</c>, of the value; null when the setting is not in the text.</summary>
    public string? PlaceOf(string key)
    {
        if (Find(key) is not { } member) return null;
        var before = _text.AsSpan(0, member.ValueStart);
        return $"line {before.Count((byte)'\n') + 1}, column {member.ValueStart - before.LastIndexOf((byte)'\n')}";
    }

    /// <summary>The text with one setting changed, or added behind the last of its section.</summary>
    /// <param name="literal">The value as it stands in JSON.</param>
    public byte[] With(string section, string name, string literal)
    {
        if (Find($"{section}:{name}") is { } member) return Splice([new(member.ValueStart, member.ValueEnd, literal)]);
        var found = _root.Find(section);
        if (found?.Inner is { } inner) return Add(inner, indent => $"\"{name}\": {literal}");
        return Add(_root, indent => $"\"{section}\": {{{NewLine}{indent}{Unit}\"{name}\": {literal}{NewLine}{indent}}}");
    }

    /// <summary>The text without the setting; its line goes too when nothing else is on it.</summary>
    public byte[] Without(string key)
    {
        if (Find(key) is not { } member) return _text;
        var (start, end) = (member.NameStart, member.ValueEnd);
        var block = _root.Members.Last(one => one.Inner?.Members.Contains(member) == true).Inner!;
        var edits = new List<Edit>();
        if (CommaBehind(end) is { } comma)
        {
            if (IsBlank(end, comma)) end = comma + 1;
            else edits.Add(new(comma, comma + 1, "")); // behind a comment, which stays
        }
        else if (block.Members.LastOrDefault(other => other.NameStart < member.NameStart) is { } previous && CommaBehind(previous.ValueEnd) is { } before)
        {
            edits.Add(new(before, before + 1, ""));
        }

        var lineStart = _text.AsSpan(0, start).LastIndexOf((byte)'\n') + 1;
        var lineEnd = end + _text.AsSpan(end).IndexOf((byte)'\n') + 1;
        if (lineEnd > end && IsBlank(lineStart, start) && IsBlank(end, lineEnd)) (start, end) = (lineStart, lineEnd);
        edits.Add(new(start, end, ""));
        return Splice(edits);
    }

    private const string Unit = "  ";

    private string NewLine => _text.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";

    private Member? Find(string key)
    {
        var parts = key.Split(':', 2);
        return _root.Members.Where(section => Same(section.Name, parts[0])).Select(section => section.Inner?.Find(parts[1])).LastOrDefault(member => member is not null);
    }

    private byte[] Add(Block block, Func<string, string> member)
    {
        var outer = IndentOf(block.Open);
        var last = block.Members.LastOrDefault();
        var indent = last is null ? outer + Unit : IndentOf(last.NameStart);
        var rest = RestOfLine(last?.ValueEnd ?? block.Open + 1, block.Close);
        var edits = new List<Edit>();
        if (last is not null && rest.Comma is null) edits.Add(new(last.ValueEnd, last.ValueEnd, ","));
        var text = member(indent);
        if (rest.IsLineEnd) edits.Add(new(rest.End, rest.End, $"{NewLine}{indent}{text}{(last is not null && rest.Comma is not null ? "," : "")}"));
        else if (last is null) edits.Add(new(rest.End, rest.End, $"{NewLine}{indent}{text}{NewLine}{outer}"));
        else edits.Add(new((rest.Comma ?? last.ValueEnd - 1) + 1, (rest.Comma ?? last.ValueEnd - 1) + 1, " " + text));
        return Splice(edits);
    }

    // What stands behind a value on its line: blanks, a comma, comments. The reader has accepted the text, so nothing else can.
    private (int End, bool IsLineEnd, int? Comma) RestOfLine(int at, int close)
    {
        int? comma = null;
        while (at < close)
        {
            var letter = _text[at];
            if (letter == '\n') return (at > 0 && _text[at - 1] == '\r' ? at - 1 : at, true, comma);
            if (letter == '/')
            {
                at = EndOfComment(at);
                continue;
            }

            if (letter == ',') comma = at;
            else if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r')) break;
            at++;
        }

        return (at, false, comma);
    }

    private int? CommaBehind(int at)
    {
        while (_text[at] != ',')
        {
            if (_text[at] == '/') at = EndOfComment(at);
            else if (char.IsWhiteSpace((char)_text[at])) at++;
            else return null;
        }

        return at;
    }

    private int EndOfComment(int at)
    {
        var rest = _text.AsSpan(at + 2);
        return _text[at + 1] == '*' ? at + 2 + rest.IndexOf("*/"u8) + 2 : rest.IndexOf((byte)'\n') is >= 0 and var length ? at + 2 + length : _text.Length;
    }

    private string IndentOf(int at)
    {
        var start = _text.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var length = _text.AsSpan(start, at - start).IndexOfAnyExcept((byte)' ', (byte)'\t');
        return Encoding.UTF8.GetString(_text, start, length < 0 ? at - start : length);
    }

    private bool IsBlank(int start, int end) => _text.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private byte[] Splice(IEnumerable<Edit> edits)
    {
        using var changed = new MemoryStream();
        var at = 0;
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            changed.Write(_text, at, edit.Start - at);
            changed.Write(Encoding.UTF8.GetBytes(edit.Text));
            at = edit.End;
        }

        changed.Write(_text, at, _text.Length - at);
        return changed.ToArray();
    }

    private static Block ReadBlock(ref Utf8JsonReader reader)
    {
        var open = (int)reader.TokenStartIndex;
        var members = new List<Member>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, nameStart) = (reader.GetString()!, (int)reader.TokenStartIndex);
            reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            Block? inner = null;
            if (reader.TokenType == JsonTokenType.StartObject) inner = ReadBlock(ref reader);
            else reader.Skip();
            members.Add(new(name, nameStart, valueStart, (int)reader.BytesConsumed, inner));
        }

        return new(open, (int)reader.TokenStartIndex, members);
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private sealed record Edit(int Start, int End, string Text);

    private sealed record Member(string Name, int NameStart, int ValueStart, int ValueEnd, Block? Inner);

    private sealed record Block(int Open, int Close, List<Member> Members)
    {
        public Member? Find(string name) => Members.LastOrDefault(member => Same(member.Name, name));
    }
}
