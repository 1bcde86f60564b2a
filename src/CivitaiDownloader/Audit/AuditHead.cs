namespace CivitaiDownloader.Audit;

/// <summary>Where the chain ends: how many records it has and the hash of the last one.</summary>
public readonly record struct AuditHead(long Count, string Hash)
{
    public static readonly AuditHead Empty = new(0, AuditRecord.NoHash);
}

/// <summary>What the head file was found to be.</summary>
/// <param name="Head">Null for none.</param>
/// <param name="Trouble">Why there is none; null where there is one.</param>
internal sealed record AuditHeadState(AuditHead? Head, string? Trouble)
{
    public const string Missing = "head-missing", Unreadable = "head-unreadable";
}
