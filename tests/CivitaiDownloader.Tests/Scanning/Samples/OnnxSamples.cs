namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class OnnxSamples
{
    public static IEnumerable<Sample> All => [];
}
