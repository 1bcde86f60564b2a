namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class SafetensorsSamples
{
    public static IEnumerable<Sample> All => [];
}
