using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Audit;

/// <summary>Reads the whole log and says what does not fit: the chain from its first record to its last, then its end with the head that is kept apart.</summary>
public sealed class AuditVerifier(AuditLog log, Database database)
{
    /// <param name="asked">A hash that somebody kept elsewhere; null for none.</param>
    /// <exception cref="AuditException">The table is gone, or the head may not be read.</exception>
    public AuditVerification Verify(ContentHash? asked, CancellationToken cancellationToken)
    {
        var kept = log.HeadFile.Read(); // before the rows: what is appended meanwhile is behind it, never missing
        var check = new ChainCheck(kept.Head, asked);
        log.Guard(() => database.Run(connection =>
        {
            using var rows = connection.Prepared($"SELECT {AuditRecord.Columns} FROM audit_record ORDER BY seq").ExecuteReader();
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                check.Take(AuditRecord.Read(rows));
            }

            return 0;
        }));
        return check.End(kept);
    }
}
