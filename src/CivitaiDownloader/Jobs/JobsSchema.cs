using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Jobs;

/// <summary>The tables of Jobs, described in docs/formats/database.md.</summary>
public static class JobsSchema
{
    public static SchemaPart Part { get; } = new("jobs",
    [
        """
        CREATE TABLE known_hash (
            site         TEXT    NOT NULL, -- host and port asked: numbers mean something on one site only
            sha256       TEXT    NOT NULL CHECK (length(sha256) = 64),
            version_id   INTEGER NOT NULL, -- 0: nobody had it
            model_id     INTEGER,
            file_id      INTEGER,
            model_name   TEXT,
            model_type   TEXT,
            version_name TEXT,
            base_model   TEXT,
            asked_at     INTEGER NOT NULL, -- Unix milliseconds
            PRIMARY KEY (site, sha256, version_id)
        ) STRICT, WITHOUT ROWID;
        """,
    ]);
}
