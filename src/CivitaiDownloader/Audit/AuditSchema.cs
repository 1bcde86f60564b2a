using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Audit;

/// <summary>The table of the audit log, described in docs/formats/audit.md.</summary>
public static class AuditSchema
{
    // The triggers are against mistakes, ours and of tools: whoever means harm drops them, and is found out by the chain.
    public static SchemaPart Part { get; } = new("audit",
    [
        """
        CREATE TABLE audit_record (
            seq      INTEGER PRIMARY KEY CHECK (seq > 0),
            at       INTEGER NOT NULL, -- Unix milliseconds
            kind     TEXT    NOT NULL,
            path     TEXT,
            sha256   TEXT    CHECK (length(sha256) = 64),
            facts    TEXT    NOT NULL, -- an object, RFC 8785
            previous TEXT    NOT NULL CHECK (length(previous) = 64),
            hash     TEXT    NOT NULL CHECK (length(hash) = 64)
        ) STRICT;
        CREATE INDEX audit_record_subject ON audit_record (kind, path);
        CREATE TRIGGER audit_record_stays BEFORE DELETE ON audit_record
        BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
        CREATE TRIGGER audit_record_is_final BEFORE UPDATE ON audit_record
        BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
        """,
    ]);
}
