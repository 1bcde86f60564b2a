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
        """
        CREATE TABLE job (
            id               INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again
            status           INTEGER CHECK (status BETWEEN 0 AND 5), -- null: a draft
            paused_for       INTEGER CHECK (paused_for BETWEEN 0 AND 2),
            name             TEXT    NOT NULL,
            source           TEXT    NOT NULL,
            priority         INTEGER NOT NULL CHECK (priority BETWEEN -1 AND 1),
            position         INTEGER NOT NULL,
            strategy         INTEGER NOT NULL CHECK (strategy BETWEEN 0 AND 2),
            parallel         INTEGER,
            bytes_per_second INTEGER,
            hours_from       INTEGER, -- milliseconds since midnight
            hours_to         INTEGER,
            library          TEXT,
            max_failures     INTEGER,
            created_at       INTEGER NOT NULL, -- of a draft: last added to
            started_at       INTEGER,
            ended_at         INTEGER
        ) STRICT;
        CREATE TABLE job_count ( -- apart from job: written with every change of an item
            job_id      INTEGER PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
            revision    INTEGER NOT NULL,
            pending     INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
            processing  INTEGER NOT NULL DEFAULT 0 CHECK (processing >= 0),
            waiting     INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0),
            completed   INTEGER NOT NULL DEFAULT 0 CHECK (completed >= 0),
            skipped     INTEGER NOT NULL DEFAULT 0 CHECK (skipped >= 0),
            quarantined INTEGER NOT NULL DEFAULT 0 CHECK (quarantined >= 0),
            failed      INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0),
            cancelled   INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
            bytes_done  INTEGER NOT NULL DEFAULT 0,
            bytes_total INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE job_item (
            id              INTEGER PRIMARY KEY,
            job_id          INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
            status          INTEGER NOT NULL CHECK (status BETWEEN 0 AND 7),
            stage           INTEGER CHECK (stage BETWEEN 0 AND 4),
            priority        INTEGER NOT NULL CHECK (priority BETWEEN -1 AND 1),
            attempts        INTEGER NOT NULL DEFAULT 0,
            claim_number    INTEGER NOT NULL DEFAULT 0,
            runner          BLOB, -- set while it is processed
            not_before      INTEGER,
            revision        INTEGER NOT NULL,
            content_key     BLOB    NOT NULL,
            target          TEXT,
            model_id        INTEGER,
            version_id      INTEGER NOT NULL,
            file_id         INTEGER NOT NULL,
            model_name      TEXT    NOT NULL,
            version_name    TEXT    NOT NULL,
            file_name       TEXT    NOT NULL,
            type            TEXT    NOT NULL,
            base_model      TEXT,
            creator         TEXT,
            format          TEXT,
            precision       TEXT,
            bytes           INTEGER CHECK (bytes >= 0),
            hashes          BLOB,
            download_url    TEXT,
            error_code      TEXT,
            error_message   TEXT,
            error_hint      TEXT,
            error_exit_code INTEGER,
            path            TEXT,
            sha256          BLOB CHECK (length(sha256) = 32),
            verified        INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
            verdict         TEXT, -- null: unknown
            bytes_fetched   INTEGER NOT NULL DEFAULT 0,
            resolving_us    INTEGER,
            downloading_us  INTEGER,
            verifying_us    INTEGER,
            scanning_us     INTEGER,
            placing_us      INTEGER,
            started_at      INTEGER,
            ended_at        INTEGER,
            note            TEXT,
            size_class      INTEGER GENERATED ALWAYS AS (CASE WHEN bytes IS NULL THEN 6 WHEN bytes < 1048576 THEN 0 WHEN bytes < 8388608 THEN 1
                            WHEN bytes < 67108864 THEN 2 WHEN bytes < 536870912 THEN 3 WHEN bytes < 4294967296 THEN 4 ELSE 5 END) VIRTUAL
        ) STRICT;
        CREATE INDEX job_item_job ON job_item (job_id);
        CREATE UNIQUE INDEX job_item_content ON job_item (job_id, content_key);
        CREATE INDEX job_item_revision ON job_item (job_id, revision);
        CREATE INDEX job_item_pending ON job_item (job_id, priority, size_class, id, bytes, not_before, status) WHERE status = 0;
        CREATE INDEX job_item_waits ON job_item (job_id, not_before) WHERE status = 0 AND not_before IS NOT NULL;
        CREATE INDEX job_item_claimed ON job_item (runner, job_id) WHERE status = 1;
        CREATE TABLE job_runner (
            runner   BLOB    NOT NULL PRIMARY KEY CHECK (length(runner) = 16),
            heard_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE job_sequence ( -- one row
            one      INTEGER PRIMARY KEY CHECK (one = 1),
            revision INTEGER NOT NULL, -- the last one given
            item     INTEGER NOT NULL  -- the last number given to an item
        ) STRICT;
        INSERT INTO job_sequence VALUES (1, 0, 0);
        """,
    ]);
}
