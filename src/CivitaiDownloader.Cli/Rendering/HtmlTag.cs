using System.Net;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>A tag: its name in lower case, whether it closes, and its attributes as they were written.</summary>
internal readonly record struct HtmlTag(string Name, bool Closes, string Attributes)
{
    public static HtmlTag Read(ReadOnlySpan<char> inside)
    {
        var closes = inside.StartsWith("/");
        if (closes) inside = inside[1..];
        var end = inside.IndexOfAny(" \t\r\n/");
        var name = end < 0 ? inside : inside[..end];
        return new(name.ToString().ToLowerInvariant(), closes, end < 0 ? "" : inside[end..].ToString());
    }

    /// <summary>The value of an attribute, with or without quotes; null when it has none.</summary>
    public string? Value(string attribute)
    {
        for (var at = 0; (at = Attributes.IndexOf(attribute, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += attribute.Length)
        {
            var after = Attributes.AsSpan(at + attribute.Length).TrimStart();
            if (at == 0 || !char.IsWhiteSpace(Attributes[at - 1]) || !after.StartsWith("=")) continue;
            after = after[1..].TrimStart();
            if (after.IsEmpty) return "";
            var end = after[0] is '"' or '\'' ? after[1..].IndexOf(after[0]) : after.IndexOfAny(" \t\r\n");
            if (after[0] is '"' or '\'') after = after[1..];
            return WebUtility.HtmlDecode((end < 0 ? after : after[..end]).ToString());
        }

        return null;
    }
}
