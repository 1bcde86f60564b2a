using System.Text.RegularExpressions;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>A language that a script can be in. A text counts as one only when several independent marks agree and most of its lines look like code: readmes and prompts hold commands as well.</summary>
/// <param name="Marks">Patterns of single lines, each a mark of its own.</param>
/// <param name="Needed">How many of them a script has to show.</param>
/// <param name="Line">What its lines look like.</param>
/// <param name="Share">How many of a hundred lines that are not empty do.</param>
internal sealed record ScriptLanguage(string Name, IReadOnlyList<Regex> Marks, int Needed, Regex Line, int Share)
{
    private const int LinesLookedAt = 400, LongestLine = 300;

    /// <summary>What one line at least has to show; the marks alone occur in other languages too.</summary>
    public required Regex Must { get; init; }

    /// <summary>Lines that only other languages have, compiled ones above all: two of them, and it is none of this one.</summary>
    public required Regex Foreign { get; init; }

    /// <summary>Whether it begins as a system's loader wants it: <c>#!/bin/sh</c>.</summary>
    public static bool HasInterpreter(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\ufeff"u8)) head = head[3..];
        return head.StartsWith("#!"u8) && head[2..].TrimStart(" \t"u8) is [(byte)'/', ..];
    }

    /// <returns>The language's name; null when it is no script.</returns>
    public static string? Of(string text)
    {
        if (ScriptBeginnings.Of(text) is { } begun) return begun;
        var lines = Lines(text);
        if (lines.Count == 0 || lines.Any(line => line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal))) return null;
        return ScriptLanguages.All.FirstOrDefault(language => language.Speaks(lines))?.Name;
    }

    private bool Speaks(List<string> lines) =>
        Marks.Where(mark => lines.Any(mark.IsMatch)).Take(Needed).Count() == Needed
        && lines.Any(Must.IsMatch)
        && lines.Where(line => Foreign.IsMatch(line)).Take(2).Count() < 2
        && lines.Count(Line.IsMatch) * 100 >= lines.Count * Share;

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace()) continue;
            lines.Add(line[..Math.Min(line.Length, LongestLine)].TrimEnd().ToString());
            if (lines.Count == LinesLookedAt) break;
        }

        return lines;
    }
}
