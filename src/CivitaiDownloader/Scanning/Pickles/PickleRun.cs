using CivitaiDownloader.Scanning.Checkpoints;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>One pickle, run from its first opcode to STOP or to where the interpreter gives up. Nothing is reported before it is asked for.</summary>
internal sealed class PickleRun
{
    // An import and a call need that many bytes at least: a module and a name of one letter.
    private const int ShortestLoaded = 6, MostLoaded = 5_000;

    private readonly ScanSource _source;
    private readonly PickleMeaning _meaning;
    private Exception? _broken;
    private long _start;

    private PickleRun(ScanSource source, PickleMeaning meaning) => (_source, _meaning) = (source, meaning);

    /// <summary>Behind STOP, or where it broke off.</summary>
    public long End { get; private set; }

    /// <summary>Whether it reached STOP.</summary>
    public bool IsWhole => _broken is null;

    public bool HasBadCall => _meaning.HasBadCall;

    public bool HasLoader => _meaning.HasLoader;

    /// <summary>Whether it imports what no list knows.</summary>
    public bool HasUnknownImport => _meaning.Findings.Any(finding => finding.Rule == PickleRules.UnknownImport || finding.Rule == PickleRules.ExtensionCode);

    /// <summary>Whether it asks its loader for an object, at which plain loaders give up.</summary>
    public bool AsksForObjects => _meaning.Findings.Any(finding => finding.Rule == PickleRules.PersistentId);

    public int Imports => _meaning.Imports;

    public static PickleRun From(ScanSource source, long start, StorageTable? storages, ScanState state)
    {
        using var reader = new SourceReader(source, start);
        return From(source, reader, storages, state);
    }

    /// <summary>From where the reader stands; it is left behind STOP.</summary>
    public static PickleRun From(ScanSource source, SourceReader reader, StorageTable? storages, ScanState state)
    {
        var run = new PickleRun(source, new(source, storages, state.CancellationToken)) { _start = reader.Position };
        try
        {
            new PickleMachine(source, reader, run._meaning, state.CancellationToken).Run();
        }
        catch (Exception broken) when (broken is UnreadableException or BudgetExceededException)
        {
            run._broken = broken;
        }

        run.End = reader.Position;
        return run;
    }

    /// <summary>The pickle that begins at <paramref name="start"/>: by its mark, or because the oldest kind runs to STOP there, or does harm on its way. Null when none does.</summary>
    public static PickleRun? Next(ScanSource source, SourceReader reader, long start, StorageTable? storages, ScanState state)
    {
        reader.Position = start;
        if (reader.Remaining == 0) return null;
        var hasMark = reader.ReadByte() == 0x80 && reader.TryReadByte() is >= 0 and <= 5;
        reader.Position = start;
        var run = From(source, reader, storages, state);
        return hasMark || run.IsWhole || run.HasBadCall ? run : null;
    }

    public void Report(ScanItem item, ScanState state)
    {
        foreach (var finding in _meaning.Findings) state.Report(finding.Rule, item, finding.Message, finding.Offset, finding.Element);
        if (_broken is UnreadableException unreadable) state.Report(CoreRules.Unreadable, item, unreadable.Message, unreadable.Offset);
        if (_broken is BudgetExceededException beyond) state.Report(beyond.Rule, item, beyond.Message);
        foreach (var constant in _meaning.Nested) NestedFile.Check(constant, _meaning.Unwrapped, item, state);
        if (!_meaning.HasLoader) return;

        // Whatever bytes there are can reach the loader, also by ways that no call shows.
        var lookedInto = _meaning.Nested.Select(nested => nested.Start).ToHashSet();
        var left = MostLoaded;
        foreach (var constant in ByteConstants.Of(_source, _start, End).Concat(_meaning.Encoded))
        {
            if (state.IsSpent) return;
            if (constant.Length < ShortestLoaded || lookedInto.Contains(constant.Start)) continue;
            if (left-- == 0)
            {
                state.Report(CoreRules.Limit, item, $"more than {MostLoaded} values that may be loaded", constant.Start);
                return;
            }

            NestedFile.CheckLoaded(constant, item, state);
        }
    }
}
