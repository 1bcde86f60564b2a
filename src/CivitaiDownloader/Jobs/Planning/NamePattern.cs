namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Part of a name, or with <c>*</c> and <c>?</c> in it the shape of a whole one; in any case.</summary>
public sealed record NamePattern(string Text)
{
    public bool Matches(string name) => Text.AsSpan().IndexOfAny('*', '?') < 0
        ? name.Contains(Text, StringComparison.OrdinalIgnoreCase)
        : System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Text.Replace("\\", "\\\\", StringComparison.Ordinal), name, ignoreCase: true);
}
