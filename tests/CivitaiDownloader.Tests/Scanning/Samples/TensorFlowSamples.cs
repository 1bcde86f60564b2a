namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class TensorFlowSamples
{
    public static IEnumerable<Sample> All => [];
}
