using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>A value that is a whole file: looked into as one. Bytes that only begin like one are data.</summary>
internal static class NestedFile
{
    private const int LoadedPickles = 5;

    public static void Check(NestedConstant constant, IReadOnlySet<long> unwrapped, ScanItem item, ScanState state)
    {
        if (state.IsSpent) return;
        var part = PartOf(constant, item);
        var trial = state.Fork();
        var kind = trial.Inspect(part);
        var isRead = unwrapped.Any(opcodeAt => opcodeAt <= constant.Start && constant.Start - opcodeAt <= 9);
        if (!isRead && (kind is ContentKind.Unknown or ContentKind.Text || trial.Findings.Any(finding => finding.Rule == CoreRules.Unreadable && finding.Member == part.Member) && trial.Worst < Severity.Dangerous))
        {
            state.Discard(trial);
            return;
        }

        state.Join(trial);
        if (!isRead) state.Report(PickleRules.Nested, item, $"a value of {constant.Length} bytes is a file of its own: {NamePromises.Word(kind)}", constant.Start);
    }

    /// <summary>A value that may be given to what reads checkpoints, whatever it begins like: that reader takes it for pickles from its first byte on.</summary>
    public static void CheckLoaded(NestedConstant constant, ScanItem item, ScanState state)
    {
        var part = PartOf(constant, item);
        var (source, trial) = (part.Source, state.Fork());
        trial.Inspect(part);
        long at = 0;
        for (var pickle = 0; pickle < LoadedPickles && at < source.Length; pickle++)
        {
            var run = PickleRun.From(source, at, null, state);
            if (run.HasBadCall) state.Report(PickleRules.DangerousImport, item, "a value that a loader within the pickle reads calls something that does harm", constant.Start);
            else if (run.HasLoader || run.HasUnknownImport) state.Report(PickleRules.Nested, item, "a value that a loader within the pickle reads is no checkpoint, and imports more", constant.Start);
            at = run.IsWhole ? run.End : source.Length;
        }

        if (trial.Worst == Severity.Dangerous) state.Join(trial);
        else state.Discard(trial);
    }

    private static ScanItem PartOf(NestedConstant constant, ScanItem item) => item.Part(constant.Content is { } content ? new MemorySource(content) : item.Source.Slice(constant.Start, constant.Length), $"(value at {constant.Start})");
}
