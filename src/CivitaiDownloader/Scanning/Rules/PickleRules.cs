namespace CivitaiDownloader.Scanning.Rules;

internal static class PickleRules
{
    public static readonly Rule[] All = [];
}
