using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Numpy;

/// <summary>Reads a Python literal of texts, whole numbers, True, False, None, tuples, lists and one dictionary. Names, calls and operators are refused: nothing is evaluated.</summary>
internal sealed class PythonLiteral(string text)
{
    private const int Deepest = 32;

    private int _at;

    /// <returns>A string, long, bool, <see cref="DBNull"/>, a list of such for tuples and lists, or a dictionary.</returns>
    /// <exception cref="UnreadableException">It is no such literal, or something follows it.</exception>
    public object Read()
    {
        var value = Value(0);
        SkipSpace();
        return _at == text.Length ? value : throw Refused();
    }

    private object Value(int depth)
    {
        if (depth > Deepest) throw Refused();
        SkipSpace();
        if (_at == text.Length) throw Refused();
        var first = text[_at];
        return first switch
        {
            '\'' or '"' => Text(first),
            '(' => Items(')', depth),
            '[' => Items(']', depth),
            '{' => Dictionary(depth),
            'T' => Word("True", true),
            'F' => Word("False", false),
            'N' => Word("None", DBNull.Value),
            >= '0' and <= '9' or '-' => Number(),
            'u' or 'b' when _at + 1 < text.Length && text[_at + 1] is '\'' or '"' => Text(text[++_at]),
            _ => throw Refused(),
        };
    }

    private List<object> Items(char end, int depth)
    {
        var items = new List<object>();
        for (_at++; !Take(end);)
        {
            items.Add(Value(depth + 1));
            if (!Take(',') && Peek() != end) throw Refused();
        }

        return items;
    }

    private Dictionary<string, object> Dictionary(int depth)
    {
        var entries = new Dictionary<string, object>();
        for (_at++; !Take('}');)
        {
            if (Value(depth + 1) is not string key || !Take(':') || !entries.TryAdd(key, Value(depth + 1))) throw Refused();
            if (!Take(',') && Peek() != '}') throw Refused();
        }

        return entries;
    }

    private string Text(char quote)
    {
        var content = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at == text.Length || text[_at] is '\n' or '\r') throw Refused();
            if (text[_at] == quote) break;
            if (text[_at] == '\\') throw Refused(); // field names have no escapes that numpy would write
            content.Append(text[_at]);
        }

        _at++;
        return content.ToString();
    }

    private object Word(string word, object value)
    {
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0) throw Refused();
        _at += word.Length;
        return value;
    }

    private long Number()
    {
        var start = _at++;
        while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        if (!long.TryParse(text.AsSpan(start, _at - start), System.Globalization.NumberStyles.AllowLeadingSign, null, out var number)) throw Refused();
        if (_at < text.Length && text[_at] == 'L') _at++; // Python 2
        return number;
    }

    private bool Take(char letter)
    {
        if (Peek() != letter) return false;
        _at++;
        return true;
    }

    private char Peek()
    {
        SkipSpace();
        return _at < text.Length ? text[_at] : '\0';
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\n' or '\t' or '\r') _at++;
    }

    private UnreadableException Refused() => new($"no plain literal from character {_at} on", _at);
}
