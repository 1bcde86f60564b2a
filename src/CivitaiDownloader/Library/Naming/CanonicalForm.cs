using System.Text;

namespace CivitaiDownloader.Library.Naming;

/// <summary>Normalisation Form C (Unicode Standard Annex 15), without ICU: two spellings of one name become one.</summary>
internal static class CanonicalForm
{
    // Hangul syllables are arithmetic (The Unicode Standard, section 3.12).
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    /// <summary>Lone surrogates become U+FFFD.</summary>
    public static string Compose(string text)
    {
        if (IsPlain(text)) return text;
        var points = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, points);
        Order(points);
        Recombine(points);
        var composed = new StringBuilder(text.Length);
        foreach (var point in points) composed.Append(new Rune(point).ToString());
        return composed.ToString();
    }

    // Nothing below U+0300 composes or decomposes into anything but itself once it is in form C.
    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0;

    private static void Decompose(int point, List<int> points)
    {
        if (point is >= SyllableBase and < SyllableBase + Syllables)
        {
            var index = point - SyllableBase;
            points.Add(LeadBase + (index / (Vowels * Tails)));
            points.Add(VowelBase + (index % (Vowels * Tails) / Tails));
            if (index % Tails > 0) points.Add(TailBase + (index % Tails));
            return;
        }

        var at = Find(CanonicalData.Decompositions, point);
        if (at < 0)
        {
            points.Add(point);
            return;
        }

        Decompose(CanonicalData.Decompositions[at + 1], points);
        if (CanonicalData.Decompositions[at + 2] is > 0 and var second) Decompose(second, points);
    }

    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var rank = ClassOf(points[i]);
            for (var j = i; rank > 0 && j > 0 && ClassOf(points[j - 1]) > rank; j--) (points[j - 1], points[j]) = (points[j], points[j - 1]);
        }
    }

    private static void Recombine(List<int> points)
    {
        var starter = -1;
        var lastClass = 0;
        var kept = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var rank = ClassOf(point);
            var reaches = starter >= 0 && (starter == kept - 1 || (lastClass < rank && lastClass > 0));
            if (reaches && Pair(points[starter], point) is var made && made > 0)
            {
                points[starter] = made;
                continue;
            }

            if (rank == 0) starter = kept;
            lastClass = rank;
            points[kept++] = point;
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private static int Pair(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels)
            return SyllableBase + ((((first - LeadBase) * Vowels) + (second - VowelBase)) * Tails);
        if (first is >= SyllableBase and < SyllableBase + Syllables && (first - SyllableBase) % Tails == 0 && second is > TailBase and < TailBase + Tails)
            return first + (second - TailBase);
        return FindPair(first, second);
    }

    private static int FindPair(int first, int second)
    {
        var table = CanonicalData.Compositions;
        int low = 0, high = (table.Length / 3) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = (table[middle * 3], table[(middle * 3) + 1]).CompareTo((first, second));
            if (order == 0) return table[(middle * 3) + 2];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return 0;
    }

    private static int ClassOf(int point)
    {
        var table = CanonicalData.Classes;
        int low = 0, high = (table.Length / 3) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (point < table[middle * 3]) high = middle - 1;
            else if (point > table[(middle * 3) + 1]) low = middle + 1;
            else return table[(middle * 3) + 2];
        }

        return 0;
    }

    private static int Find(ReadOnlySpan<int> table, int point)
    {
        int low = 0, high = (table.Length / 3) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (table[middle * 3] == point) return middle * 3;
            if (table[middle * 3] < point) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }
}
