namespace CivitaiDownloader.Scanning.Rules;

internal static class TextRules
{
    public static readonly Rule[] All = [];
}
