namespace CivitaiDownloader.Scanning.Rules;

internal static class TensorFlowRules
{
    public static readonly Rule[] All = [];
}
