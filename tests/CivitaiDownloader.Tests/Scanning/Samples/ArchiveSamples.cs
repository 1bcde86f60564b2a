namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class ArchiveSamples
{
    public static IEnumerable<Sample> All => [];
}
