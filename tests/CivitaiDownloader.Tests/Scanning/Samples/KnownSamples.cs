namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Samples made here, byte by byte: at least one for each rule, and harmless ones beside them. None holds anything that does harm when it is run.</summary>
internal static class KnownSamples
{
    private static readonly Lazy<IReadOnlyList<Sample>> Made = new(() =>
    [
        .. CoreSamples.All,
        .. PickleSamples.All,
        .. CheckpointSamples.All,
        .. NumpySamples.All,
        .. SafetensorsSamples.All,
        .. GgufSamples.All,
        .. TemplateSamples.All,
        .. OnnxSamples.All,
        .. KerasSamples.All,
        .. TensorFlowSamples.All,
        .. ArchiveSamples.All,
        .. ZipSamples.All,
        .. ProgramSamples.All,
        .. TextSamples.All,
        .. JsonSamples.All,
        .. MediaSamples.All,
    ]);

    public static IReadOnlyList<Sample> All => Made.Value;
}
