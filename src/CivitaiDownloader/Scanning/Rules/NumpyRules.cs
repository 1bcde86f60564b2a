namespace CivitaiDownloader.Scanning.Rules;

internal static class NumpyRules
{
    public static readonly Rule[] All = [];
}
