namespace CivitaiDownloader.Primitives;

/// <summary>Finds what somebody may have meant by a word that is not known.</summary>
public static class NearMisses
{
    private const int MostLetters = 64; // a distance is computed letter by letter; nobody misspells a name longer than this

    /// <summary>The known words nearest to <paramref name="word"/>, best first; case, blanks and punctuation count for nothing.</summary>
    public static IReadOnlyList<string> Of(string word, IEnumerable<string> known, int most = 3)
    {
        var typed = Plain(word);
        if (typed.Length is 0 or > MostLetters) return [];
        return [.. known.Distinct().Select(name => (Name: name, Distance: Distance(typed, Plain(name)))).Where(pair => pair.Distance is not null)
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal).Take(most).Select(pair => pair.Name)];
    }

    /// <summary>The nearest of all; null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) => Of(word, known, most: 1) is [var nearest] ? nearest : null;

    /// <summary><c>'a', 'b' or 'c'</c> for a sentence; empty when there is none.</summary>
    public static string Sentence(IReadOnlyList<string> near) => near.Count switch
    {
        0 => "",
        1 => $"'{VisibleText.OneLine(near[0], 80)}'",
        _ => string.Join(", ", near.Take(near.Count - 1).Select(name => $"'{VisibleText.OneLine(name, 80)}'")) + $" or '{VisibleText.OneLine(near[^1], 80)}'",
    };

    // Null when it is no miss of this name. A name that was begun and not ended is near as well.
    private static int? Distance(string typed, string name)
    {
        if (name.Length is 0 or > MostLetters) return null;
        var edits = Edits(typed, name);
        if (edits <= Math.Max(1, Math.Min(typed.Length, name.Length) / 3)) return edits;
        return typed.Length >= 3 && name.StartsWith(typed, StringComparison.Ordinal) ? MostLetters + name.Length - typed.Length : null;
    }

    // Levenshtein's distance, two letters that changed places counting as one mistake ("optimal string alignment").
    private static int Edits(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) table[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var edits = Math.Min(Math.Min(table[i, j - 1], table[i - 1, j]) + 1, table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                var isSwap = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                table[i, j] = isSwap ? Math.Min(edits, table[i - 2, j - 2] + 1) : edits;
            }
        }

        return table[one.Length, other.Length];
    }

    private static string Plain(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
