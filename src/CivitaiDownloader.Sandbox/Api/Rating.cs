namespace CivitaiDownloader.Sandbox.Api;

/// <summary>How mature something is: a bit mask, and the words <c>/images</c> has for it (civitai-api 2.3).</summary>
internal static class Rating
{
    public const int Safe = 1;
    public const int All = 31;

    /// <summary>What a region with restrictions may see whatever it asks for: PG and PG-13 (civitai-api 1.4).</summary>
    public const int RestrictedRegion = 1 + 2;

    private static readonly string[] Words = ["None", "Soft", "Mature", "X", "Blocked"];

    public static int[] Members(int level) => [.. Enumerable.Range(0, 6).Select(bit => 1 << bit).Where(bit => (level & bit) != 0)];

    public static string Word(int level) => level switch { 1 => "None", 2 => "Soft", 4 => "Mature", 8 or 16 => "X", 32 => "Blocked", _ => "None" };

    /// <summary>A word, or a boolean as text: each word asks for its level and those below.</summary>
    public static int? Asked(string text) => text.ToLowerInvariant() switch
    {
        "false" or "0" or "no" or "off" => Safe,
        "true" or "1" or "yes" or "on" => All,
        _ when Words.Contains(text) => text switch { "None" => 1, "Soft" => 3, "Mature" => 7, "X" => All, _ => 63 },
        _ => null,
    };
}
