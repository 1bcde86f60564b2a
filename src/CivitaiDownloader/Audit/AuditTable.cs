using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Audit;

/// <summary>What the table says of the end of the chain.</summary>
internal static class AuditTable
{
    public static bool IsThere(DatabaseConnection connection) => (long)connection.Prepared("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'audit_record'").ExecuteScalar()! > 0;

    public static AuditHead Last(DatabaseConnection connection)
    {
        using var rows = connection.Prepared("SELECT seq, hash FROM audit_record ORDER BY seq DESC LIMIT 1").ExecuteReader();
        return rows.Read() ? new(rows.GetInt64(0), rows.GetString(1)) : AuditHead.Empty;
    }

    /// <summary>Whether the chain leads on from the head, or ends with it.</summary>
    public static bool Continues(DatabaseConnection connection, AuditHeadState kept) =>
        kept.Head is { } head && (head == AuditHead.Empty || connection.Prepared("SELECT hash FROM audit_record WHERE seq = $seq", ("$seq", head.Count)).ExecuteScalar() as string == head.Hash);

    /// <summary>Whether the last record of damage is about this head.</summary>
    public static bool TellsOf(DatabaseConnection connection, AuditHeadState kept) =>
        connection.Prepared("SELECT facts FROM audit_record WHERE kind = 'damage' ORDER BY seq DESC LIMIT 1").ExecuteScalar() as string == DamageOf(kept).ToString();

    public static AuditFacts DamageOf(AuditHeadState kept) => kept.Head is { } head
        ? new() { { "headCount", head.Count }, { "headHash", head.Hash }, { "reason", "cut" } }
        : new() { { "reason", kept.Trouble } };
}
