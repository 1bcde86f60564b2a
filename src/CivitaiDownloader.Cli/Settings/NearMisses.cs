namespace CivitaiDownloader.Cli.Settings;

/// <summary>What somebody may have meant: the words that few changes of a letter lead to.</summary>
internal static class NearMisses
{
    /// <returns>At most three, the nearest first.</returns>
    public static IReadOnlyList<string> Of(string word, IEnumerable<string> known)
    {
        var most = Math.Max(2, word.Length / 4);
        return [.. known.Select(candidate => (candidate, distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.distance <= most).OrderBy(pair => pair.distance).Take(3).Select(pair => pair.candidate)];
    }

    // Insert, drop or change a letter (Levenshtein), one row at a time.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = corner + (one[i - 1] == other[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
