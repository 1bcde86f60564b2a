namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class GgufSamples
{
    public static IEnumerable<Sample> All => [];
}
