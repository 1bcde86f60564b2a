using System.Text;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Audit;

/// <summary>
/// What was decided about files, only ever appended to; each record carries the hash of the one before (docs/formats/audit.md). Safe from any thread, and for
/// several processes at once: the last hash is read under the lock that writes take.
/// </summary>
public sealed class AuditLog(Database database, TimeProvider time)
{
    private const int SqliteError = 1;

    internal AuditHeadFile HeadFile { get; } = new(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database.Path))!, "audit.head"));

    /// <summary>Appends all or none; they are on the disk when this returns.</summary>
    /// <exception cref="StorageException">Nothing was appended.</exception>
    /// <exception cref="AuditException">The head cannot be read (nothing was appended) or written (they are in the log).</exception>
    public void Append(IReadOnlyCollection<AuditEntry> entries)
    {
        if (entries.Count == 0) return;
        // Now: a head that is on the disk before its records would look like damage.
        Write(connection => AppendWithin(connection, entries));
        KeepHead();
    }

    /// <summary>As <see cref="Append"/>, without entries that say of their file what the last of that kind says of it already.</summary>
    public void AppendUnlessKnown(IReadOnlyCollection<AuditEntry> entries)
    {
        if (entries.Count == 0) return;
        var appended = Write(connection =>
        {
            AuditEntry[] fresh = [.. entries.Where(entry => !IsKnown(connection, entry))];
            AppendWithin(connection, fresh);
            return fresh.Length;
        });
        if (appended > 0) KeepHead();
    }

    /// <summary>Appends in the transaction that is open, so that a change and its record are one. When it is committed, durably, <see cref="KeepHead"/> is to be called.</summary>
    /// <param name="connection">As <see cref="Database.Write{T}(Durability, Func{DatabaseConnection, T})"/> hands it out: with the lock for writing.</param>
    public int AppendWithin(DatabaseConnection connection, IReadOnlyCollection<AuditEntry> entries)
    {
        if (entries.Count == 0) return 0;
        var last = AuditTable.Last(connection);
        var kept = HeadFile.Read();
        if (kept.Trouble == AuditHeadState.Missing && last.Count == 0) HeadFile.Write(AuditHead.Empty);
        else if (!AuditTable.Continues(connection, kept)) last = Insert(connection, new(AuditKind.Damage, AuditTable.DamageOf(kept)), last);
        foreach (var entry in entries) last = Insert(connection, entry, last);
        return entries.Count;
    }

    /// <summary>Writes the end of the chain into the file beside the database. A head that the chain does not lead on from stays, as evidence, until a record tells of it.</summary>
    public void KeepHead() => HeadFile.Change(() =>
    {
        var kept = HeadFile.Read();
        var last = database.Run(connection => AuditTable.Continues(connection, kept) || AuditTable.TellsOf(connection, kept) ? AuditTable.Last(connection) : default(AuditHead?));
        if (last is { } head && head != kept.Head) HeadFile.Write(head);
    });

    /// <summary>Hands out the records that fit, the oldest first, as they come from the disk.</summary>
    public void Read(AuditQuery query, Action<AuditRecord> take, CancellationToken cancellationToken) => Guard(() => database.Run(connection =>
    {
        var rows = connection.Prepared($"""
            SELECT {AuditRecord.Columns} FROM (
                SELECT * FROM audit_record WHERE at >= $since AND ($kind IS NULL OR kind = $kind) ORDER BY seq DESC LIMIT $limit
            ) ORDER BY seq
            """, ("$since", query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue), ("$kind", query.Kind is { } kind ? AuditEntry.Word(kind) : null), ("$limit", query.Newest ?? -1));
        using var reader = rows.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            take(AuditRecord.Read(reader));
        }

        return 0;
    }));

    public long Count(AuditQuery query) => Guard(() => database.Run(connection => (long)connection.Prepared(
        "SELECT count(*) FROM audit_record WHERE at >= $since AND ($kind IS NULL OR kind = $kind)",
        ("$since", query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue), ("$kind", query.Kind is { } kind ? AuditEntry.Word(kind) : null)).ExecuteScalar()!));

    internal T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == SqliteError && !database.Run(AuditTable.IsThere))
        {
            throw AuditErrors.LogMissing(database.Path, failure);
        }
    }

    private int Write(Func<DatabaseConnection, int> work) => Guard(() => database.Write(Durability.Now, work));

    private AuditHead Insert(DatabaseConnection connection, AuditEntry entry, AuditHead last)
    {
        var record = new AuditRecord
        {
            Sequence = last.Count + 1, At = time.GetUtcNow(), Kind = AuditEntry.Word(entry.Kind), Path = WellFormed(entry.Path), Sha256 = entry.Sha256?.Hex, Facts = entry.Facts.ToString(), Previous = last.Hash,
        };
        record = record with { At = DateTimeOffset.FromUnixTimeMilliseconds(record.At.ToUnixTimeMilliseconds()) };
        record = record with { Hash = record.ComputeHash() };
        connection.Execute($"INSERT INTO audit_record ({AuditRecord.Columns}) VALUES ($seq, $at, $kind, $path, $sha256, $facts, $previous, $hash)",
            ("$seq", record.Sequence), ("$at", record.At.ToUnixTimeMilliseconds()), ("$kind", record.Kind), ("$path", record.Path), ("$sha256", record.Sha256), ("$facts", record.Facts),
            ("$previous", record.Previous), ("$hash", record.Hash));
        return new(record.Sequence, record.Hash);
    }

    private static bool IsKnown(DatabaseConnection connection, AuditEntry entry)
    {
        using var rows = connection.Prepared("SELECT sha256, facts FROM audit_record WHERE kind = $kind AND path = $path ORDER BY seq DESC LIMIT 1",
            ("$kind", AuditEntry.Word(entry.Kind)), ("$path", WellFormed(entry.Path))).ExecuteReader();
        return rows.Read() && rows.GetValue(0) as string == entry.Sha256?.Hex && rows.GetValue(1) as string == entry.Facts.ToString();
    }

    // Windows lets a name hold half a surrogate pair; UTF-8, in which it is kept and hashed, has no such thing.
    private static string? WellFormed(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
