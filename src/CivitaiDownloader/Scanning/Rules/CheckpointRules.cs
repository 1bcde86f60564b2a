namespace CivitaiDownloader.Scanning.Rules;

internal static class CheckpointRules
{
    public static readonly Rule[] All = [];
}
