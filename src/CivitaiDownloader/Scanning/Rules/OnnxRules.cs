namespace CivitaiDownloader.Scanning.Rules;

internal static class OnnxRules
{
    public static readonly Rule[] All = [];
}
