namespace CivitaiDownloader.Audit;

public enum AuditProblemKind
{
    /// <summary>A record is not what its hash was computed of.</summary>
    Altered,

    /// <summary>Records between two others are not there.</summary>
    Missing,

    /// <summary>A record names another one before it than the one that is there: rows were exchanged, put in or made anew.</summary>
    OutOfOrder,

    /// <summary>Records at the end are not there, or others than the head was written after.</summary>
    Cut,

    /// <summary>The file with the head is gone, or holds none.</summary>
    HeadLost,

    /// <summary>A record that tells of damage found while the log was written to.</summary>
    Noted,

    /// <summary>No record has the hash that somebody kept elsewhere.</summary>
    Rewritten,
}

/// <summary>One thing wrong with the log.</summary>
/// <param name="Sequence">The record it is about; null where it is about none.</param>
/// <param name="Message">A sentence without its full stop; of numbers and our own words only.</param>
public sealed record AuditProblem(AuditProblemKind Kind, long? Sequence, string Message);

/// <summary>What a check of the whole log came to.</summary>
/// <param name="Count">Records that were read.</param>
/// <param name="Head">The hash of the last one.</param>
public sealed record AuditVerification(long Count, string Head)
{
    public const int MostProblems = 100;

    /// <summary>In the order of the records, at most <see cref="MostProblems"/>.</summary>
    public required IReadOnlyList<AuditProblem> Problems { get; init; }

    /// <summary>Beyond those.</summary>
    public required long ProblemsLeftOut { get; init; }

    /// <summary>Records behind the head file: a process ended between the two, or is at work. They are in the chain, and no head tells if they are cut off.</summary>
    public required long BehindHead { get; init; }

    /// <summary>Which record has the hash that was asked for; 0 for the beginning of the chain, null when none was asked for or none has it.</summary>
    public long? AskedFor { get; init; }

    public bool IsWhole => Problems.Count == 0;
}
