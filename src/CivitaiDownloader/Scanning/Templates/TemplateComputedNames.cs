namespace CivitaiDownloader.Scanning.Templates;

/// <summary>Names that are put together in one statement and looked up in another: set from joined texts, caught from printed text, handed to a macro, counted through in a loop.</summary>
internal sealed class TemplateComputedNames
{
    private const int MaxPasses = 12;
    private const long MaxWork = 20_000_000; // a template of 30 KiB takes some ten thousand steps

    // Only what can make an underscore out of other letters: ordinary templates look up roles in lower case.
    private static readonly HashSet<string> Makers = new(StringComparer.Ordinal) { "join", "format", "format_map", "replace", "reverse", "center", "ljust", "rjust", "zfill", "translate", "decode", "urlencode", "xmlattr", "pprint" };

    private readonly List<TemplateToken> _tokens;
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _computed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _macros = new(StringComparer.Ordinal);

    private long _work;

    private TemplateComputedNames(List<TemplateToken> tokens) => _tokens = tokens;

    /// <returns>The name that is looked up; null when none is.</returns>
    public static string? Find(List<TemplateToken> tokens)
    {
        var names = new TemplateComputedNames(tokens);
        var before = -1;
        for (var pass = 0; pass < MaxPasses && before != names.Known && names._work < MaxWork; pass++)
        {
            before = names.Known;
            names.Collect();
        }

        if (names._work >= MaxWork || before != names.Known) return "more computed names than can be followed";
        return names.Known == 0 ? null : names.FindUse();
    }

    private int Known => _texts.Count + _computed.Count;

    private void Collect()
    {
        for (var start = 0; start < _tokens.Count && _work < MaxWork;)
        {
            var end = start;
            while (end < _tokens.Count && _tokens[end].Kind != TemplateTokenKind.End) end++;
            var first = start < end && _tokens[start].Kind == TemplateTokenKind.Sign ? start + 1 : start; // the sign that trims white space
            if (first < end && _tokens[first] is (TemplateTokenKind.Name, var keyword)) Statement(keyword, first + 1, end);
            for (var at = start; at < end && _work < MaxWork; at++)
            {
                Call(at, end);
                Kept(at, end);
            }

            start = end + 1;
        }
    }

    private void Statement(string keyword, int at, int end)
    {
        switch (keyword)
        {
            case "set" or "with":
                Assignment(at, end);
                break;
            case "for" when Find(at, end, token => token.IsName("in")) is var place and >= 0:
                if (IsComputed(place + 1, end)) Names(at, place, _computed);
                if (StartsWithText(place + 1, end)) Names(at, place, _texts);
                break;
            case "macro" when at < end && !_macros.ContainsKey(_tokens[at].Value):
                var parameters = new List<string>();
                for (var next = at + 1; next < end; next++)
                {
                    if (_tokens[next].Kind == TemplateTokenKind.Name && (_tokens[next - 1].IsSign("(") || _tokens[next - 1].IsSign(","))) parameters.Add(_tokens[next].Value);
                }

                if (IsComputed(at + 1, end)) _computed.UnionWith(parameters); // what they are when nothing is given
                _macros[_tokens[at].Value] = parameters;
                _computed.Add(_tokens[at].Value); // what it prints is a text that stands outside the code
                break;
            case "call" when at < end && _tokens[at].IsSign("("):
                _macros.TryAdd("caller", []);
                for (var next = at + 1; next < Closing(at, end); next++)
                {
                    if (_tokens[next].Kind == TemplateTokenKind.Name && !_macros["caller"].Contains(_tokens[next].Value)) _macros["caller"].Add(_tokens[next].Value);
                }

                break;
        }
    }

    // A computed name put into a list or a dictionary.
    private void Kept(int at, int end)
    {
        if (at < 2 || at + 1 >= end || _tokens[at] is not (TemplateTokenKind.Name, "append" or "insert" or "extend" or "update" or "setdefault" or "add") || !_tokens[at - 1].IsSign(".") || !_tokens[at + 1].IsSign("(") || _tokens[at - 2].Kind != TemplateTokenKind.Name) return;
        if (IsComputed(at + 2, Closing(at + 1, end))) _computed.Add(_tokens[at - 2].Value);
    }

    private void Assignment(int at, int end)
    {
        var equals = Find(at, end, token => token.IsSign("="));
        if (equals < 0)
        {
            // What stands up to endset is printed into the name.
            var filter = Find(at, end, token => token.IsSign("|"));
            Names(at, filter < 0 ? end : filter, _computed);
            return;
        }

        var isText = StartsWithText(equals + 1, end);
        var isComputed = IsComputed(equals + 1, end);
        if (!isText && !isComputed) return;
        if (equals + 1 < end && _tokens[equals + 1].IsName("namespace"))
        {
            for (var next = equals + 2; next + 1 < end; next++)
            {
                if (_tokens[next].Kind == TemplateTokenKind.Name && _tokens[next + 1].IsSign("=")) _computed.Add(_tokens[at].Value + "." + _tokens[next].Value);
            }

            return;
        }

        if (isText) Names(at, equals, _texts);
        if (isComputed) Names(at, equals, _computed);
    }

    // A macro that is called with a computed name has it under its own parameters' names.
    private void Call(int at, int end)
    {
        if (_tokens[at].Kind != TemplateTokenKind.Name || at + 1 >= end || !_tokens[at + 1].IsSign("(") || !_macros.TryGetValue(_tokens[at].Value, out var parameters)) return;
        if (at > 0 && _tokens[at - 1].IsName("macro")) return;
        if (IsComputed(at + 2, Closing(at + 1, end))) _computed.UnionWith(parameters);
    }

    private bool IsComputed(int start, int end)
    {
        _work += Math.Max(0, end - start);
        bool? holdsText = null;
        for (var at = start; at < end; at++)
        {
            var token = _tokens[at];
            if (token.IsSign("~") || IsMaker(at) || IsNamed(at, _computed)) return true;
            if (token.Kind == TemplateTokenKind.Sign && token.Value is "+" or "*" or "%" && (_tokens[at - 1].Kind == TemplateTokenKind.Text || (at + 1 < end && _tokens[at + 1].Kind == TemplateTokenKind.Text) || (holdsText ??= HoldsText(start, end)))) return true;
        }

        return false;
    }

    private bool HoldsText(int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (IsNamed(at, _texts)) return true;
        }

        return false;
    }

    private bool IsMaker(int at) => _tokens[at].Kind == TemplateTokenKind.Name && at > 0 && Makers.Contains(_tokens[at].Value) && (_tokens[at - 1].IsSign("|") || (_tokens[at - 1].IsSign(".") && at + 1 < _tokens.Count && _tokens[at + 1].IsSign("(")));

    private bool StartsWithText(int at, int end)
    {
        if (at < end && _tokens[at].Kind == TemplateTokenKind.Name && _tokens[at].Value is "cycler" or "joiner") at++; // they give back the texts they are made with
        while (at < end && _tokens[at].Kind == TemplateTokenKind.Sign && _tokens[at].Value is "(" or "[") at++;
        return at < end && _tokens[at].Kind == TemplateTokenKind.Text;
    }

    // A namespace's members are names of their own; how long a text is tells nothing of it.
    private bool IsNamed(int at, HashSet<string> names)
    {
        if (_tokens[at].Kind != TemplateTokenKind.Name || (at > 0 && (_tokens[at - 1].IsSign(".") || _tokens[at - 1].IsSign("|")))) return false;
        var next = at + 1;
        var isMember = next + 1 < _tokens.Count && _tokens[next].IsSign(".") && _tokens[next + 1].Kind == TemplateTokenKind.Name;
        var isKnown = names.Contains(_tokens[at].Value);
        if (isMember && !isKnown) (isKnown, next) = (names.Contains(_tokens[at].Value + "." + _tokens[next + 1].Value), next + 2);
        return isKnown && !(next + 1 < _tokens.Count && _tokens[next].IsSign("|") && _tokens[next + 1].Value is "length" or "count");
    }

    private void Names(int start, int end, HashSet<string> names)
    {
        for (var at = start; at < end; at++)
        {
            if (_tokens[at].Kind != TemplateTokenKind.Name) continue;
            var isMember = at + 2 < end && _tokens[at + 1].IsSign(".");
            names.Add(isMember ? _tokens[at].Value + "." + _tokens[at + 2].Value : _tokens[at].Value);
            if (isMember) at += 2;
        }
    }

    private string? FindUse()
    {
        for (var at = 1; at < _tokens.Count; at++)
        {
            if (!_tokens[at].IsSign("[") || !TemplateIndirections.IsAccess(_tokens[at - 1])) continue;
            var end = Closing(at, _tokens.Count);
            if (IsSlice(at + 1, end)) continue;
            for (var next = at + 1; next < end; next++)
            {
                if (IsNamed(next, _computed)) return $"the computed name '{_tokens[next].Value}' as an index";
                if (_tokens[next].Kind == TemplateTokenKind.Sign && _tokens[next].Value is "+" or "*" or "%" && HoldsText(at + 1, end)) return "a name that is put together";
            }
        }

        return null;
    }

    private bool IsSlice(int start, int end)
    {
        var depth = 0;
        for (var at = start; at < end; at++)
        {
            if (_tokens[at].Kind != TemplateTokenKind.Sign) continue;
            if (_tokens[at].Value is "[" or "(" or "{") depth++;
            else if (_tokens[at].Value is "]" or ")" or "}") depth--;
            else if (depth == 0 && _tokens[at].Value == ":") return true;
        }

        return false;
    }

    // Where the bracket that opens at a place is closed; never far, so that many open ones do not add up.
    private int Closing(int open, int end)
    {
        var depth = 0;
        var last = Math.Min(end, open + TemplateIndirections.LongestExpression);
        for (var at = open; at < last; at++)
        {
            if (_tokens[at].Kind == TemplateTokenKind.End) return at;
            if (_tokens[at].Kind != TemplateTokenKind.Sign) continue;
            if (_tokens[at].Value is "[" or "(" or "{") depth++;
            else if (_tokens[at].Value is "]" or ")" or "}" && --depth == 0) return at;
        }

        return last;
    }

    private int Find(int start, int end, Func<TemplateToken, bool> wanted)
    {
        for (var at = start; at < end; at++)
        {
            if (wanted(_tokens[at])) return at;
        }

        return -1;
    }
}
