using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Scanning;

/// <summary>The tables of the scanners, described in docs/formats/database.md.</summary>
public static class ScanningSchema
{
    public static SchemaPart Part { get; } = new("scanning",
    [
        """
        CREATE TABLE scan_result (
            sha256     TEXT    NOT NULL CHECK (length(sha256) = 64),
            extension  TEXT    NOT NULL,
            rules      TEXT    NOT NULL,
            verdict    TEXT    NOT NULL CHECK (verdict IN ('clean', 'suspicious', 'dangerous')),
            content    TEXT    NOT NULL,
            findings   TEXT    NOT NULL,
            left_out   INTEGER NOT NULL CHECK (left_out >= 0),
            scanned_at INTEGER NOT NULL, -- Unix milliseconds
            PRIMARY KEY (sha256, extension)
        ) STRICT, WITHOUT ROWID;
        """,
    ]);
}
