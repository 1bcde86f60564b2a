namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class CoreSamples
{
    public static IEnumerable<Sample> All => [];
}
