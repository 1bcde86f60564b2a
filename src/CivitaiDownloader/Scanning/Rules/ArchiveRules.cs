namespace CivitaiDownloader.Scanning.Rules;

internal static class ArchiveRules
{
    public static readonly Rule[] All = [];
}
