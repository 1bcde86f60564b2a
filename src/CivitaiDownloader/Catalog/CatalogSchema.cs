using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Catalog;

/// <summary>The tables of the catalogue: what of the API has drifted.</summary>
public static class CatalogSchema
{
    public static SchemaPart Part { get; } = new("catalog",
    [
        """
        CREATE TABLE api_drift (
            endpoint   TEXT    NOT NULL,
            kind       TEXT    NOT NULL, -- unknown-field, unknown-value
            name       TEXT    NOT NULL, -- one harmless line
            count      INTEGER NOT NULL,
            first_seen INTEGER NOT NULL, -- Unix milliseconds
            last_seen  INTEGER NOT NULL,
            PRIMARY KEY (endpoint, kind, name)
        ) STRICT, WITHOUT ROWID;
        """,
    ]);
}
