using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>Weights are numbers and not read, but for their first bytes: a program that waits to be cut out begins there.</summary>
internal static class WeightBytes
{
    private const int LookedAtBytes = 512;

    public static void Look(ScanItem item, ScanState state, long start, long length)
    {
        var bytes = item.Source.Peek(start, (int)Math.Min(length, LookedAtBytes));
        if (bytes.AsSpan().StartsWith(EicarTest.Mark)) state.Report(ProgramRules.Eicar, item, "a tensor begins with the test text for virus scanners", start);
        else if (ProgramMark.At(bytes) is { } program) state.Report(CoreRules.HiddenFile, item, $"a tensor begins as a program: {program.Description}", start);
    }
}
