namespace CivitaiDownloader.Scanning.Rules;

internal static class ProgramRules
{
    public static readonly Rule[] All = [];
}
