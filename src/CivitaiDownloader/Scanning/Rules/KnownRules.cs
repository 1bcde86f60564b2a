namespace CivitaiDownloader.Scanning.Rules;

/// <summary>All rules, format by format.</summary>
internal static class KnownRules
{
    public static readonly Rule[] All =
    [
        .. CoreRules.All,
        .. PickleRules.All,
        .. CheckpointRules.All,
        .. NumpyRules.All,
        .. SafetensorsRules.All,
        .. GgufRules.All,
        .. TemplateRules.All,
        .. OnnxRules.All,
        .. KerasRules.All,
        .. TensorFlowRules.All,
        .. ArchiveRules.All,
        .. ZipRules.All,
        .. ProgramRules.All,
        .. TextRules.All,
        .. JsonRules.All,
        .. MediaRules.All,
        .. AntivirusRules.All,
    ];
}
