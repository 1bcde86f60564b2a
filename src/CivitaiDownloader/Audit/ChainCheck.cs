using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Audit;

/// <summary>The chain, record after record. Behind one that does not fit it goes on with the hash that stands there, so that each damaged record is named and no other.</summary>
internal sealed class ChainCheck(AuditHead? kept, ContentHash? asked)
{
    private readonly List<AuditProblem> _problems = [];
    private AuditHead _last = AuditHead.Empty;
    private long _count, _leftOut;
    private bool _meetsHead = kept == AuditHead.Empty;
    private long? _asked = asked?.Hex == AuditRecord.NoHash ? 0 : null;

    public void Take(AuditRecord record)
    {
        _count++;
        if (record.Sequence != _last.Count + 1) Add(AuditProblemKind.Missing, record.Sequence, Gap(_last.Count + 1, record.Sequence));
        else if (record.Previous != _last.Hash) Add(AuditProblemKind.OutOfOrder, record.Sequence, $"record {Number(record.Sequence)} does not follow {(_last.Count == 0 ? "the beginning" : $"record {Number(_last.Count)}")}: it was put there, exchanged, or one of the two was made anew");
        if (!IsItself(record)) Add(AuditProblemKind.Altered, record.Sequence, $"record {Number(record.Sequence)} is not what its hash was computed of");
        if (record.Kind == AuditEntry.Word(AuditKind.Damage)) Add(AuditProblemKind.Noted, record.Sequence, $"record {Number(record.Sequence)} tells of damage found at {record.AtText}: records before it were cut off, or their head was lost");
        _last = new(record.Sequence, record.Hash);
        _meetsHead |= _last == kept;
        if (asked?.Hex == record.Hash) _asked = record.Sequence;
    }

    public AuditVerification End(AuditHeadState state)
    {
        if (state.Head is { } head && !_meetsHead) Add(AuditProblemKind.Cut, Math.Max(1, head.Count), Cut(head));
        else if (state.Trouble == AuditHeadState.Unreadable || (state.Trouble is not null && _count > 0))
            Add(AuditProblemKind.HeadLost, null, $"the file audit.head {(state.Trouble == AuditHeadState.Missing ? "is gone" : "cannot be understood")}: nobody can tell whether records were cut off behind record {Number(_last.Count)}");
        if (asked is not null && _asked is null) Add(AuditProblemKind.Rewritten, null, "no record has the hash that was given: that record was cut off, or the log was written anew since");
        return new(_count, _last.Hash)
        {
            Problems = _problems, ProblemsLeftOut = _leftOut, AskedFor = _asked,
            BehindHead = state.Head is { } known && _meetsHead ? _last.Count - known.Count : 0,
        };
    }

    private static bool IsItself(AuditRecord record) => CanonicalJson.IsObject(record.Facts) && record.ComputeHash() == record.Hash;

    private string Cut(AuditHead head) => _last.Count < head.Count
        ? $"{Gap(_last.Count + 1, head.Count + 1)} at the end: the head counts {Number(head.Count)}"
        : $"record {Number(head.Count)} is another one than the head was written after: records were cut off and others appended, or made anew";

    private static string Gap(long first, long behind) => behind <= first
        ? $"record {Number(behind)} has a number that was given before"
        : behind - first == 1 ? $"record {Number(first)} is missing" : $"records {Number(first)} to {Number(behind - 1)} are missing";

    private void Add(AuditProblemKind kind, long? sequence, string message)
    {
        if (_problems.Count < AuditVerification.MostProblems) _problems.Add(new(kind, sequence, message));
        else _leftOut++;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
