namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class PickleSamples
{
    public static IEnumerable<Sample> All => [];
}
