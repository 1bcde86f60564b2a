namespace CivitaiDownloader.Audit;

/// <summary>Which records are asked for; all, where nothing is said.</summary>
public sealed record AuditQuery
{
    public DateTimeOffset? Since { get; init; }

    public AuditKind? Kind { get; init; }

    /// <summary>So many at most, the newest.</summary>
    public int? Newest { get; init; }
}
