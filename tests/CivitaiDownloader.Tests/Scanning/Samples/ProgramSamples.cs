namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class ProgramSamples
{
    public static IEnumerable<Sample> All => [];
}
