namespace CivitaiDownloader.Scanning.Rules;

internal static class GgufRules
{
    public static readonly Rule[] All = [];
}
