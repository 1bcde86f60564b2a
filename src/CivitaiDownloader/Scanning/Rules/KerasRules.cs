namespace CivitaiDownloader.Scanning.Rules;

internal static class KerasRules
{
    public static readonly Rule[] All = [];
}
