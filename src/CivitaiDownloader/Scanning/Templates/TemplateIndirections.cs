using System.Text.RegularExpressions;

namespace CivitaiDownloader.Scanning.Templates;

/// <summary>Ways to reach an attribute without spelling it: filters that fetch attributes, names that are computed, letters taken out of other texts.</summary>
internal static partial class TemplateIndirections
{
    public const int LongestExpression = 500;

    private static readonly HashSet<string> Assemblers = new(StringComparer.Ordinal) { "join", "format", "replace", "reverse", "lower", "upper", "string", "list", "urlencode", "truncate", "center", "xmlattr", "pprint", "tojson" };

    public static string? Find(List<TemplateToken> tokens)
    {
        var reachesAnywhere = new Lazy<bool>(() => tokens.Exists(token => token.Kind == TemplateTokenKind.Text && ReachingFormat().IsMatch(token.Value)));
        for (var at = 0; at < tokens.Count; at++)
        {
            var (kind, value) = tokens[at];
            if (kind == TemplateTokenKind.Name && value == "attr" && at > 0 && (tokens[at - 1].IsSign("|") || tokens[at - 1].IsName("filter"))) return "the filter 'attr'";
            if (kind == TemplateTokenKind.Name && at > 0 && tokens[at - 1].IsSign("."))
            {
                if (FindFormat(tokens, at, value, reachesAnywhere) is { } format) return format;
            }

            if (kind == TemplateTokenKind.Name && at > 0 && tokens[at - 1].IsSign("|"))
            {
                if (value is "map" or "sort" or "groupby" or "sum" or "unique" or "min" or "max" or "selectattr" or "rejectattr" or "select" or "reject" or "join" && FindHiddenAttribute(tokens, at, value) is { } hidden) return hidden;
                if (value is "string" or "escape" or "e" or "pprint" && at + 2 < tokens.Count && ((tokens[at + 1].IsSign("|") && tokens[at + 2].IsName("list")) || (tokens[at + 1].IsSign(")") && tokens[at + 2].IsSign("[")))) return "letters taken out of a value's description";
                if (value == "string" && at > 2 && tokens[at - 2].Kind == TemplateTokenKind.Name && tokens[at - 3].IsSign("|") && tokens[at - 2].Value is "select" or "reject" or "map" or "selectattr" or "rejectattr" or "batch" or "slice") return "letters taken out of a value's description";
            }

            if (kind == TemplateTokenKind.Text && (LetterByNumber().IsMatch(value) || value.Contains(":c}", StringComparison.Ordinal))) return "letters made from numbers";
            if (kind == TemplateTokenKind.Text && value.Contains("\\N{", StringComparison.Ordinal)) return "letters spelt by their names";
            if (kind == TemplateTokenKind.Sign && value == "[" && at > 0 && IsAccess(tokens[at - 1]) && FindComputed(tokens, at) is { } computed) return computed;
        }

        return TemplateComputedNames.Find(tokens);
    }

    // A format reaches for attributes of what is put in ("{0.name}"), and a sandbox watches calls of it only where they are spelt out (CVE-2016-10745, CVE-2019-10906, CVE-2024-56326).
    private static string? FindFormat(List<TemplateToken> tokens, int at, string name, Lazy<bool> reachesAnywhere)
    {
        if (name == "format_map") return "the method 'format_map'";
        if (name != "format" || at < 2) return null;
        if (at + 1 >= tokens.Count || !tokens[at + 1].IsSign("(")) return tokens[at - 2].Kind == TemplateTokenKind.Text ? "the method 'format' without a call" : null;
        var reaches = tokens[at - 2].Kind == TemplateTokenKind.Text ? ReachingFormat().IsMatch(tokens[at - 2].Value) : reachesAnywhere.Value;
        return reaches ? "a format that reaches for attributes" : null;
    }

    [GeneratedRegex(@"%(\(\w*\))?[-+#0-9.*]*c", RegexOptions.CultureInvariant)]
    private static partial Regex LetterByNumber();

    [GeneratedRegex(@"\{\w*[.\[]", RegexOptions.CultureInvariant)]
    private static partial Regex ReachingFormat();

    // map('attr', …), map(attribute='a.__b__'), map(attribute=x): what is fetched must be a plain word.
    private static string? FindHiddenAttribute(List<TemplateToken> tokens, int at, string filter)
    {
        if (at + 1 >= tokens.Count || !tokens[at + 1].IsSign("(")) return null;
        var (depth, commas) = (0, 0);
        var attributeAt = filter switch { "join" or "min" or "max" or "unique" => 1, "sort" => 2, _ => 0 };
        var byPosition = filter is "selectattr" or "rejectattr" or "groupby" or "sum";
        for (var next = at + 1; next < tokens.Count && tokens[next].Kind != TemplateTokenKind.End; next++)
        {
            if (next - at > LongestExpression) return $"arguments of '{filter}' of more than {LongestExpression} words";
            if (tokens[next].IsSign("(")) depth++;
            if (tokens[next].IsSign(")") && --depth == 0) break;
            var isFirst = next == at + 2;
            var isNamed = next + 1 < tokens.Count && tokens[next + 1].IsSign("=");
            if (tokens[next].IsSign("*") && tokens[next - 1] is (TemplateTokenKind.Sign, "(" or "," or "*")) return $"arguments of '{filter}' that are unpacked";
            if (depth == 1 && tokens[next].IsSign(",")) commas++;
            if (commas > 0 && commas == attributeAt && tokens[next - 1].IsSign(",") && !isNamed && tokens[next].Kind == TemplateTokenKind.Name) return $"'{filter}' of an attribute that is computed";
            if (isFirst && !isNamed && filter is "map" or "select" or "reject" && !tokens[next].IsSign(")") && !(tokens[next].Kind == TemplateTokenKind.Text && next + 1 < tokens.Count && tokens[next + 1] is (TemplateTokenKind.Sign, "," or ")"))) return $"'{filter}' of a filter that is computed";
            var isAttribute = (isFirst && byPosition && !isNamed && !tokens[next].IsSign(")")) || (tokens[next - 1].IsSign("=") && tokens[next - 2].IsName("attribute"));
            if (isFirst && filter is "map" or "select" or "reject" && tokens[next] is (TemplateTokenKind.Text, "attr")) return $"the filter 'attr' in '{filter}'";
            if (!isAttribute || tokens[next].Kind == TemplateTokenKind.Number) continue;
            if (tokens[next].Kind != TemplateTokenKind.Text) return $"'{filter}' of an attribute that is computed";
            if (next + 1 < tokens.Count && !tokens[next + 1].IsSign(")") && !tokens[next + 1].IsSign(",")) return $"'{filter}' of an attribute that is put together";
            if (tokens[next].Value.Split('.').Any(part => part.StartsWith('_') || TemplateNames.IsForbiddenAttribute(part))) return $"'{filter}' of the attribute '{tokens[next].Value}'";
        }

        return null;
    }

    // x['a' ~ b], x[a|join], x['%s' % b]: ordinary templates look up plain words, variables and numbers.
    private static string? FindComputed(List<TemplateToken> tokens, int open)
    {
        var (depth, hasText, hasSum) = (0, false, false);
        for (var at = open; at < tokens.Count && tokens[at].Kind != TemplateTokenKind.End; at++)
        {
            if (at - open > LongestExpression) return $"an index of more than {LongestExpression} words";
            var (kind, value) = tokens[at];
            if (kind == TemplateTokenKind.Sign && value is "[" or "(" or "{") depth++;
            if (kind == TemplateTokenKind.Sign && value is "]" or ")" or "}" && --depth == 0) break;
            if (kind == TemplateTokenKind.Sign && value == "~") return "a name that is put together";
            if (kind == TemplateTokenKind.Name && Assemblers.Contains(value) && (tokens[at - 1].IsSign("|") || (tokens[at - 1].IsSign(".") && at + 1 < tokens.Count && tokens[at + 1].IsSign("(")))) return $"a name made by '{value}'";
            hasText |= kind == TemplateTokenKind.Text;
            hasSum |= kind == TemplateTokenKind.Sign && value is "+" or "%" or "*";
            if (hasText && hasSum) return "a name that is put together";
        }

        return null;
    }

    public static bool IsAccess(TemplateToken before) => before.Kind is TemplateTokenKind.Text || before.IsSign(")") || before.IsSign("]") || (before.Kind == TemplateTokenKind.Name && before.Value is not ("in" or "if" or "else" or "and" or "or" or "not" or "is" or "set"));
}
