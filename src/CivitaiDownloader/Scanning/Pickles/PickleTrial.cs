using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>Runs what bears no mark as a pickle of the oldest protocols, which begin with any letter.</summary>
internal static class PickleTrial
{
    public static void Run(ScanItem item, ScanState state, List<ContentKind> seen)
    {
    }
}
