namespace CivitaiDownloader.Scanning.Rules;

internal static class MediaRules
{
    public static readonly Rule[] All = [];
}
