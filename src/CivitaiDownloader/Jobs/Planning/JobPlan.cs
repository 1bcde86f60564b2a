using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>What a job would do, before any byte of it is fetched. Its items are in the store, as those of a draft.</summary>
public sealed record JobPlan
{
    public required JobId Draft { get; init; }

    /// <summary>All items, those included that are there already.</summary>
    public required FileSum Files { get; init; }

    /// <summary>Of these, what the library has.</summary>
    public required FileSum Present { get; init; }

    public FileSum ToFetch => new(Files.Count - Present.Count, Files.Bytes - Present.Bytes);

    /// <summary>Items whose size the site does not name; they count as nothing in every sum.</summary>
    public required int OfUnknownSize { get; init; }

    /// <summary>One for each file system that is written to.</summary>
    public required IReadOnlyList<VolumeNeed> Volumes { get; init; }

    /// <summary>The gravest first.</summary>
    public required IReadOnlyList<PlanProblem> Problems { get; init; }

    /// <summary>Files, versions or models that rules left out, by the option's name.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>The rule by which the sources were not read to their end, by the option's name; null when they were.</summary>
    public required string? StoppedBy { get; init; }

    /// <summary>Files whose content was in the plan already.</summary>
    public required int Duplicates { get; init; }

    public required LicenceCounts Licences { get; init; }

    /// <summary>Versions of which the site was not asked who may have them: that would be a question for each.</summary>
    public required int AccessUnknown { get; init; }

    /// <summary>What it will come in with, measured with earlier jobs, or the limit where that is less; null when neither is known.</summary>
    public required long? BytesPerSecond { get; init; }

    /// <summary>Whether <see cref="BytesPerSecond"/> is only what the job is limited to.</summary>
    public required bool IsLimitOnly { get; init; }

    public TimeSpan? Time => BytesPerSecond is > 0 and var rate && Needed / (double)rate < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(Needed / (double)rate) : null;

    /// <summary>Bytes still to be fetched and written; what partial files of earlier runs hold is counted in.</summary>
    public long Needed => Volumes.Sum(volume => volume.Needed);

    /// <summary>Whether a source broke off: there is more than is planned.</summary>
    public bool IsIncomplete => Problems.Any(problem => problem.Kind == PlanProblemKind.Incomplete);

    /// <summary>Whether something that was asked for by name is not in it.</summary>
    public bool LacksTargets => Problems.Any(problem => problem.Kind is PlanProblemKind.TargetFailed or PlanProblemKind.NoTarget or PlanProblemKind.Incomplete);
}

/// <param name="Bytes">By the catalogue's estimate.</param>
public readonly record struct FileSum(int Count, long Bytes)
{
    public FileSum Plus(long bytes) => new(Count + 1, Bytes + bytes);
}

/// <summary>A file system that files of a job go to.</summary>
/// <param name="Path">A folder on it: the library's root, or where another volume begins below it.</param>
/// <param name="Free">Null when the system does not tell.</param>
public sealed record VolumeNeed(string Path, long Needed, long? Free)
{
    public bool IsShort => Free < Needed;
}

/// <param name="Rule">As its option is called: <c>skip-tag</c>.</param>
public sealed record LeftOut(string Rule, int Count);

/// <summary>Files by what their licences do not allow.</summary>
public sealed record LicenceCounts
{
    /// <summary>Nothing may be sold that is made with it, nor itself.</summary>
    public int NoCommercialUse { get; init; }

    /// <summary>Its creator must be named.</summary>
    public int CreditNeeded { get; init; }

    /// <summary>No merges.</summary>
    public int NoDerivatives { get; init; }

    /// <summary>The site said nothing about it.</summary>
    public int Unknown { get; init; }
}
