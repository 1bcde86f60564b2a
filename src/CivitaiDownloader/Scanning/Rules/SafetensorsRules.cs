namespace CivitaiDownloader.Scanning.Rules;

internal static class SafetensorsRules
{
    public static readonly Rule[] All = [];
}
