namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class NumpySamples
{
    public static IEnumerable<Sample> All => [];
}
