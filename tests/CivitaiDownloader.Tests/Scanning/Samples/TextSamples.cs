namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class TextSamples
{
    public static IEnumerable<Sample> All => [];
}
