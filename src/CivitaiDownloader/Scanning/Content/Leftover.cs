using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>What may stand where no reader of a format looks.</summary>
internal enum LeftoverTolerance
{
    /// <summary>Nothing at all.</summary>
    None,

    /// <summary>Zeros, up to 64 KiB: how writers fill a block.</summary>
    Zeros,

    /// <summary>Zeros, however many: how archives are filled to whole tapes and volumes.</summary>
    Padding,
}

/// <summary>Bytes that no reader of a format looks at: behind its end, in front of its beginning, in a gap.</summary>
internal static class Leftover
{
    private const int MostZeros = 64 << 10, FreeUnpackedBytes = 64 << 10, BlockBytes = 512;

    /// <summary>Reports them: as a hidden file when they run or load somewhere, else as hidden data. Nothing when there are none.</summary>
    /// <param name="where">Where they are, for people: <c>behind the end of the picture</c>.</param>
    public static void Check(ScanItem item, ScanState state, long start, long length, string where, LeftoverTolerance tolerance = LeftoverTolerance.None)
    {
        length = Math.Min(length, item.Source.Length - start);
        if (length <= 0) return;
        var zeros = tolerance == LeftoverTolerance.None ? 0 : CountZeros(item.Source, start, length, state);
        if (zeros == length && (tolerance == LeftoverTolerance.Padding || length <= MostZeros)) return;
        if (HiddenFile(item, state, new(start, length, zeros)) is { } hidden) state.Report(CoreRules.HiddenFile, item, $"{length} bytes {where}, among them {NamePromises.Word(hidden.Kind)}", hidden.Offset);
        else state.Report(CoreRules.HiddenData, item, $"{length} bytes {where}", start);
    }

    private static long CountZeros(ScanSource source, long start, long length, ScanState state)
    {
        using var bytes = source.Slice(start, length);
        using var reader = new SourceReader(bytes);
        while (reader.Remaining > 0)
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            var run = reader.PeekBuffered();
            var other = run.IndexOfAnyExcept((byte)0);
            if (other >= 0) return reader.Position + other;
            reader.Skip(run.Length);
        }

        return length;
    }

    private static (ContentKind Kind, long Offset)? HiddenFile(ScanItem item, ScanState state, Run run)
    {
        // What is found on the side is itself not looked into, so this ends.
        return (state.IsAside ? null : FileAtBeginning(item, state, run)) ?? EmbeddedMarks.Find(item.Source, run.Start, run.Length);
    }

    // Padding to a block may come first, and some formats begin with a zero.
    private static (ContentKind Kind, long Offset)? FileAtBeginning(ScanItem item, ScanState state, Run run)
    {
        foreach (var skipped in new[] { 0, run.Zeros - (run.Zeros % BlockBytes), run.Zeros }.Distinct().Where(skipped => skipped < run.Length))
        {
            // Only the kind counts here, whatever else is found in it: in a scan of its own, which ends one level further down.
            var aside = new ScanState(RuleSet.All, state.Limits with { MaxDepth = item.Depth + 1, FreeUnpackedBytes = FreeUnpackedBytes }, run.Length, state.CancellationToken) { IsAside = true };
            var kind = aside.Inspect(item.Part(item.Source.Slice(run.Start + skipped, run.Length - skipped), "(no reader looks here)"));
            if (RunsOrLoads(kind) || (IsWeakMark(kind) && aside.Findings.All(finding => finding.Rule != CoreRules.Unreadable))) return (kind, run.Start + skipped);
        }

        return null;
    }

    private static bool RunsOrLoads(ContentKind kind) => kind is ContentKind.Pickle or ContentKind.TorchZip or ContentKind.TorchLegacy or ContentKind.Npy or ContentKind.Npz or ContentKind.Hdf5 or ContentKind.KerasZip
        or ContentKind.Zip or ContentKind.SevenZip or ContentKind.Rar or ContentKind.Tar or ContentKind.Bzip2 or ContentKind.Xz or ContentKind.Zstandard or ContentKind.Lz4
        or ContentKind.Elf or ContentKind.Pe or ContentKind.MachO or ContentKind.JavaClass or ContentKind.Dex or ContentKind.WebAssembly or ContentKind.ShellLink or ContentKind.Ole or ContentKind.OfficeDocument or ContentKind.EicarTest
        or ContentKind.Script or ContentKind.Html or ContentKind.Svg;

    // Two or three bytes are a mark that other data shows as well: they are believed when everything behind them fits.
    private static bool IsWeakMark(ContentKind kind) => kind is ContentKind.Gzip or ContentKind.Zlib or ContentKind.Lzma or ContentKind.OtherArchive or ContentKind.SavedModel or ContentKind.Onnx;

    private readonly record struct Run(long Start, long Length, long Zeros);
}
