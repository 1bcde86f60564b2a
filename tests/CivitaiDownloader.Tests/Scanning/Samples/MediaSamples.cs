namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class MediaSamples
{
    public static IEnumerable<Sample> All => [];
}
