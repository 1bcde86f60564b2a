namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class CheckpointSamples
{
    public static IEnumerable<Sample> All => [];
}
