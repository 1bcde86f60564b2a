namespace CivitaiDownloader.Cli.Accounts;

/// <summary>
/// The bits of a key's scope in words, in the order of the site's own source (packages/civitai-auth/src/token-scope.ts, civitai/civitai@02d2c13f).
/// A bit that is not in it is told by its number.
/// </summary>
internal static class KeyScope
{
    private const long Full = (1L << 25) - 1;

    private static readonly string[] Words =
    [
        "read profile", "change profile",
        "read models", "publish models", "delete models",
        "read media", "publish media", "delete media",
        "read articles", "write articles", "delete articles",
        "read bounties", "make bounties", "delete bounties",
        "read generations", "generate and train",
        "read buzz",
        "read collections", "change collections",
        "follow, react and comment", "tip",
        "read notifications", "change notifications",
        "read vault", "change vault",
        "submit apps", "open app tunnels",
    ];

    public static IReadOnlyList<string> InWords(long scope)
    {
        var words = Enumerable.Range(0, 63).Where(bit => (scope >> bit & 1) == 1 && (bit >= 25 || (scope & Full) != Full)).Select(bit => bit < Words.Length ? Words[bit] : $"bit {bit}");
        return (scope & Full) == Full ? ["everything", .. words] : [.. words];
    }
}
