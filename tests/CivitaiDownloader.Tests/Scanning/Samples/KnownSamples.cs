namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Samples made here, byte by byte: at least one for each rule, and harmless ones beside them. None holds anything that does harm when it is run.</summary>
internal static class KnownSamples
{
    public static IEnumerable<Sample> All =>
    [
        .. CoreSamples.All,
        .. PickleSamples.All,
        .. CheckpointSamples.All,
        .. NumpySamples.All,
        .. SafetensorsSamples.All,
        .. GgufSamples.All,
        .. OnnxSamples.All,
        .. KerasSamples.All,
        .. TensorFlowSamples.All,
        .. ArchiveSamples.All,
        .. ProgramSamples.All,
        .. TextSamples.All,
        .. MediaSamples.All,
    ];
}
