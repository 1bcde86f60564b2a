using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Whether a text is JSON, or was meant to be: prompts begin with the same brackets.</summary>
internal static class JsonShape
{
    private const int EnoughTokens = 8;

    public static bool IsOne(string text)
    {
        if (BehindComments(text) is not ['{' or '[', ..]) return false;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, new(new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 1_000, AllowMultipleValues = true }));
        var tokens = 0;
        try
        {
            while (reader.Read()) tokens++;
        }
        catch (JsonException)
        {
            // Python writes NaN and Infinity, which are no JSON; its reader says so.
            return tokens >= EnoughTokens;
        }

        return tokens >= 2 && (text.Length >= TextWindows.HeadBytes / 4 || reader.CurrentDepth == 0 || tokens >= EnoughTokens);
    }

    private static ReadOnlySpan<char> BehindComments(string text)
    {
        var rest = text.AsSpan().TrimStart();
        while (rest.StartsWith("//") || rest.StartsWith("/*"))
        {
            var end = rest.StartsWith("//") ? rest.IndexOf('\n') : rest.IndexOf("*/");
            if (end < 0) return [];
            rest = rest[(end + (rest[end] == '*' ? 2 : 1))..].TrimStart();
        }

        return rest;
    }
}
