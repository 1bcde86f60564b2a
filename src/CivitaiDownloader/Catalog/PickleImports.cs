namespace CivitaiDownloader.Catalog;

/// <summary>
/// What Civitai's scanner said it saw a pickle import (civitai-api 6.4). Its word, not ours: it also calls files clean that it never opened.
/// </summary>
/// <param name="Dangerous">Those the site marked, a part of <paramref name="All"/>.</param>
public sealed record PickleImports(IReadOnlyList<string> All, IReadOnlyList<string> Dangerous)
{
    private const int MostLines = 2_000;

    /// <summary>Reads the site's Markdown-like message: a fenced list, dangerous ones between asterisks. Null when it lists nothing.</summary>
    public static PickleImports? Read(string? message)
    {
        if (message is null) return null;
        var parts = message.Split("```");
        if (parts.Length < 2) return null;
        var lines = parts[1].Split('\n', MostLines + 1).Take(MostLines).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        var dangerous = lines.Where(IsMarked).Select(Plain).Distinct().ToArray();
        var all = lines.Select(Plain).Distinct().ToArray();
        return all.Length == 0 ? null : new(all, dangerous);
    }

    private static bool IsMarked(string line) => line.Length > 2 && line[0] == '*' && line[^1] == '*';

    private static string Plain(string line) => line.Trim('*');
}
