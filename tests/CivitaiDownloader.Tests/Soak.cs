namespace CivitaiDownloader.Tests;

/// <summary>Counts that take long: a seeded share in <c>./test</c>, all of them in <c>./test --soak</c>.</summary>
internal static class Soak
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("CIVITAI_DL_SOAK") == "1";

    public static int Count(int share, int full) => IsOn ? full : share;
}
