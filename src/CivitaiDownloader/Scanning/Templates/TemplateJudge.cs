using System.Text;

namespace CivitaiDownloader.Scanning.Templates;

/// <summary>Looks for the names that lead out of a template, spelt out or put together from texts.</summary>
internal static class TemplateJudge
{
    /// <param name="tokens">The code of one template.</param>
    /// <param name="spelledOut">Only what Python's own names show: for texts that may be no templates.</param>
    public static string? FindEscape(List<TemplateToken> tokens, bool spelledOut = false)
    {
        var own = DeclaredNames(tokens);
        for (var at = 0; at < tokens.Count; at++)
        {
            var (kind, value) = tokens[at];
            if (kind is TemplateTokenKind.Text or TemplateTokenKind.Name && TemplateNames.HoldsPythonName(value) && (!spelledOut || IsReached(tokens, at))) return $"the name '{value}'";
            if (spelledOut) continue;
            if (kind == TemplateTokenKind.Text && IsSubscript(tokens, at) && IsForbiddenAttribute(value)) return $"the attribute '{value}'";
            if (kind == TemplateTokenKind.Name && FindForbiddenName(tokens, at, own) is { } name) return name;
        }

        return spelledOut ? null : FindAssembled(tokens);
    }

    // Lists of words for pictures are written with such underscores and braces too; nothing is reached in them.
    private static bool IsReached(List<TemplateToken> tokens, int at) =>
        IsAttribute(tokens, at) || IsSubscript(tokens, at) || (at > 1 && tokens[at - 1].IsSign("(") && tokens[at - 2].Kind == TemplateTokenKind.Name) || (at > 0 && tokens[at - 1].IsSign(","))
        || tokens[at].Value is "__import__" or "__builtins__" or "__globals__" or "__subclasses__";

    private static string? FindForbiddenName(List<TemplateToken> tokens, int at, HashSet<string> own)
    {
        var value = tokens[at].Value;
        if (IsAttribute(tokens, at))
        {
            if (IsForbiddenAttribute(value)) return $"the attribute '{value}'";
            return value is "system" or "spawn" or "execv" && Follows(tokens, at, "(") ? $"a call of '{value}'" : null;
        }

        if (value.StartsWith("__", StringComparison.Ordinal) && value.Length > 2) return $"the name '{value}'";
        var isUsed = Follows(tokens, at, "(") || Follows(tokens, at, ".") || Follows(tokens, at, "[") || Follows(tokens, at, "|");
        var isForbidden = (TemplateNames.IsForbidden(value) && isUsed) || (TemplateNames.IsForbiddenCall(value) && Follows(tokens, at, "("));
        return isForbidden && !own.Contains(value) ? $"the name '{value}'" : null;
    }

    private static bool IsForbiddenAttribute(string name) => name.StartsWith('_') || TemplateNames.IsForbiddenAttribute(name);

    public static string? FindEngineObject(List<TemplateToken> tokens)
    {
        var own = DeclaredNames(tokens);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at] is not (TemplateTokenKind.Name, var value) || IsAttribute(tokens, at) || !TemplateNames.IsEngineObject(value) || own.Contains(value)) continue;
            if (Follows(tokens, at, ".") || Follows(tokens, at, "[") || Follows(tokens, at, "|")) return $"'{value}'";
        }

        return null;
    }

    public static string? FindLoading(List<TemplateToken> tokens)
    {
        for (var at = 0; at + 1 < tokens.Count; at++)
        {
            // A statement's keyword comes first in its block, behind the signs that trim white space.
            var isFirst = at == 0 || tokens[at - 1].Kind == TemplateTokenKind.End || (tokens[at - 1].Kind == TemplateTokenKind.Sign && tokens[at - 1].Value is "-" or "+" && (at == 1 || tokens[at - 2].Kind == TemplateTokenKind.End));
            if (isFirst && tokens[at] is (TemplateTokenKind.Name, "import" or "from" or "include" or "extends") && (tokens[at + 1].Kind is TemplateTokenKind.Text or TemplateTokenKind.Name || tokens[at + 1].IsSign("[") || tokens[at + 1].IsSign("("))) return tokens[at].Value;
        }

        return null;
    }

    // All texts of the code in their order, once forwards and once backwards: a name cut into pieces is whole again, with its repeats.
    private static string? FindAssembled(List<TemplateToken> tokens)
    {
        var whole = new StringBuilder();
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Kind != TemplateTokenKind.Text) continue;
            var repeats = at + 2 < tokens.Count && tokens[at + 1].IsSign("*") && int.TryParse(tokens[at + 2].Value, out var times) ? Math.Clamp(times, 1, 8) : 1;
            for (var count = 0; count < repeats && whole.Length < 1 << 20; count++) whole.Append(tokens[at].Value);
        }

        var forwards = whole.ToString();
        if (TemplateNames.HoldsPythonName(forwards)) return "a name put together from texts";
        var letters = forwards.ToCharArray();
        Array.Reverse(letters);
        return TemplateNames.HoldsPythonName(new(letters)) ? "a name spelt backwards" : null;
    }

    // Variables, loop variables, parameters of macros: the template's own, whatever they are called.
    private static HashSet<string> DeclaredNames(List<TemplateToken> tokens)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        var statement = "";
        for (var at = 0; at < tokens.Count; at++)
        {
            var (kind, value) = tokens[at];
            if (kind == TemplateTokenKind.End || (statement == "for" && value == "in") || (statement == "set" && value == "=")) statement = "";
            else if (kind == TemplateTokenKind.Name && value is "set" or "for" or "macro" && !IsAttribute(tokens, at)) statement = value;
            else if (kind == TemplateTokenKind.Name && !IsAttribute(tokens, at) && (statement is "set" or "for" || (statement == "macro" && (tokens[at - 1].IsSign("(") || tokens[at - 1].IsSign(","))))) own.Add(value);
        }

        return own;
    }

    private static bool IsAttribute(List<TemplateToken> tokens, int at) => at > 0 && tokens[at - 1].IsSign(".");

    private static bool IsSubscript(List<TemplateToken> tokens, int at) =>
        at > 1 && at + 1 < tokens.Count && tokens[at - 1].IsSign("[") && tokens[at + 1].IsSign("]") && (tokens[at - 2].Kind is TemplateTokenKind.Name or TemplateTokenKind.Text || tokens[at - 2].IsSign(")") || tokens[at - 2].IsSign("]"));

    private static bool Follows(List<TemplateToken> tokens, int at, string sign) => at + 1 < tokens.Count && tokens[at + 1].IsSign(sign);
}
