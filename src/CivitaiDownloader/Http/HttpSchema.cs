using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Http;

/// <summary>The table of kept answers.</summary>
public static class HttpSchema
{
    public static SchemaPart Part { get; } = new("http",
    [
        """
        CREATE TABLE http_answer (
            address      TEXT    NOT NULL, -- without any token
            identity     TEXT    NOT NULL, -- '' for anonymous, else a fingerprint of the key: answers differ for who asks
            etag         TEXT,
            content_type TEXT,
            fetched_at   INTEGER NOT NULL, -- Unix milliseconds
            body         BLOB    NOT NULL, -- zlib (RFC 1950)
            PRIMARY KEY (address, identity)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX http_answer_age ON http_answer (fetched_at);
        """,
    ]);
}
