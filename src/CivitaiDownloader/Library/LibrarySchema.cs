using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Library;

/// <summary>The library's tables, described in docs/formats/database.md.</summary>
public static class LibrarySchema
{
    public static SchemaPart Part { get; } = new("library",
    [
        """
        CREATE TABLE library_file (
            id          INTEGER PRIMARY KEY,
            root        TEXT    NOT NULL,
            path        TEXT    NOT NULL,
            path_key    TEXT    NOT NULL,
            state       TEXT    NOT NULL CHECK (state IN ('placing', 'placed')),
            bytes       INTEGER NOT NULL CHECK (bytes >= 0),
            sha256      TEXT    NOT NULL CHECK (length(sha256) = 64),
            model_id    INTEGER,
            version_id  INTEGER,
            file_id     INTEGER,
            verified    INTEGER NOT NULL CHECK (verified IN (0, 1)),
            verdict     TEXT    NOT NULL,
            placed_at   TEXT    NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX library_file_place ON library_file (root, path_key);
        CREATE INDEX library_file_sha256 ON library_file (sha256);
        CREATE INDEX library_file_file ON library_file (file_id);
        """,
        """
        CREATE TABLE hashed_file (
            path      TEXT    NOT NULL PRIMARY KEY,
            bytes     INTEGER NOT NULL,
            modified  INTEGER NOT NULL, -- 100 ns since 1970, UTC
            inode     INTEGER NOT NULL, -- 64 bits, as a signed number; 0 unknown
            sha256    TEXT    NOT NULL CHECK (length(sha256) = 64),
            hashed_at INTEGER NOT NULL  -- Unix milliseconds
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE verify_run (
            id         INTEGER PRIMARY KEY,
            scope      TEXT    NOT NULL UNIQUE,
            started_at INTEGER NOT NULL, -- Unix milliseconds
            ended_at   INTEGER           -- null while it is not done
        ) STRICT;
        CREATE TABLE verify_digest (
            run_id   INTEGER NOT NULL REFERENCES verify_run (id) ON DELETE CASCADE,
            path     TEXT    NOT NULL,
            bytes    INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            inode    INTEGER NOT NULL,
            sha256   TEXT    NOT NULL CHECK (length(sha256) = 64),
            PRIMARY KEY (run_id, path)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        ALTER TABLE library_file ADD COLUMN site TEXT;
        """,
    ]);
}
