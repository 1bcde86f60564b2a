namespace CivitaiDownloader.Jobs.Planning;

/// <summary>What may be wrong with a plan or a file of it; the gravest first.</summary>
public enum PlanProblemKind
{
    /// <summary>A source broke off, and what it had given is planned all the same.</summary>
    Incomplete,

    /// <summary>More is needed than is free.</summary>
    Space,

    /// <summary>A target that cannot be downloaded; it is not in the job.</summary>
    TargetFailed,

    /// <summary>A line of a list that is no target.</summary>
    NoTarget,

    /// <summary>Its creator has switched downloads off; it is not in the job.</summary>
    DownloadsDisabled,

    /// <summary>In early access: it fails unless the account has bought it, or until that ends.</summary>
    EarlyAccess,

    /// <summary>It has to be bought for good.</summary>
    Purchase,

    /// <summary>Its creator lets accounts in one by one.</summary>
    Private,

    /// <summary>It needs a key, and there is none.</summary>
    SignIn,

    /// <summary>Civitai's own scan says something else than success.</summary>
    ScanVerdict,

    /// <summary>A pickle, of which there is no safetensors.</summary>
    PickleOnly,

    /// <summary>There is no hash to compare with.</summary>
    Unverifiable,

    /// <summary>Another file of the plan has the same name.</summary>
    Collision,

    /// <summary>A file that is not from here has the name.</summary>
    ForeignFile,
}

/// <summary>One kind of problem.</summary>
/// <param name="Examples">The first of them.</param>
public sealed record PlanProblem(PlanProblemKind Kind, int Count, IReadOnlyList<PlanExample> Examples);

/// <param name="Name">Harmless, one line.</param>
/// <param name="Detail">What it is with this one, as a clause; null where the kind says it all.</param>
public sealed record PlanExample(string Name, string? Detail)
{
    /// <summary>A date in it, such as the end of an early access.</summary>
    public DateTimeOffset? At { get; init; }
}
