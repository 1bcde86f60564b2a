namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class KerasSamples
{
    public static IEnumerable<Sample> All => [];
}
