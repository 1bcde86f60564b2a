using System.Security.Cryptography;
using System.Text;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Http;

/// <summary>An answer as it is kept.</summary>
internal sealed record CachedAnswer(byte[] Body, string? ETag, string? ContentType, DateTimeOffset FetchedAt);

/// <summary>Good answers of the API, kept in the database: compressed, bounded in size and age, apart for each key, without the key.</summary>
internal sealed class ResponseCache(Database database, SecretString? key, TimeProvider time)
{
    private const long MostBytes = 64L * 1024 * 1024;
    private const int WritesBetweenPrunes = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(180); // of use when the network is gone; the bound in bytes is what limits it

    private readonly string _identity = key is null ? "" : Fingerprint(key);
    private int _writes;

    public CachedAnswer? Find(Uri address) => Find(address, _identity);

    /// <summary>What anybody could see: better than nothing for somebody with a key whom no host answers.</summary>
    public CachedAnswer? FindAnonymous(Uri address) => _identity.Length == 0 ? null : Find(address, identity: "");

    private CachedAnswer? Find(Uri address, string identity) => database.Run(connection =>
    {
        using var row = connection.Prepared("SELECT body, etag, content_type, fetched_at FROM http_answer WHERE address = $address AND identity = $identity",
            ("$address", address.AbsoluteUri), ("$identity", identity)).ExecuteReader();
        return !row.Read() || PackedBody.Unpack((byte[])row.GetValue(0)) is not { } body ? null : new CachedAnswer(
            body,
            row.IsDBNull(1) ? null : row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)));
    });

    public void Keep(Uri address, CachedAnswer answer)
    {
        var packed = PackedBody.Pack(answer.Body);
        // Not flushed for its own sake: what a power cut takes is asked for again.
        database.Write(Durability.Later, connection => Keep(connection, address, answer, packed));
    }

    private void Keep(DatabaseConnection connection, Uri address, CachedAnswer answer, byte[] packed)
    {
        connection.Execute("""
            INSERT INTO http_answer (address, identity, etag, content_type, fetched_at, body) VALUES ($address, $identity, $etag, $type, $at, $body)
            ON CONFLICT DO UPDATE SET etag = excluded.etag, content_type = excluded.content_type, fetched_at = excluded.fetched_at, body = excluded.body
            """,
            ("$address", address.AbsoluteUri), ("$identity", _identity), ("$etag", answer.ETag), ("$type", answer.ContentType), ("$at", answer.FetchedAt.ToUnixTimeMilliseconds()), ("$body", packed));
        if (_writes++ % WritesBetweenPrunes == 0) Prune(connection); // one thread at a time writes
    }

    private void Prune(DatabaseConnection connection) => connection.Execute("""
            DELETE FROM http_answer WHERE fetched_at < $oldest OR fetched_at <= (
                SELECT coalesce(max(fetched_at), -1) FROM (
                    SELECT fetched_at, sum(length(body)) OVER (ORDER BY fetched_at DESC) AS younger FROM http_answer) WHERE younger > $most)
            """,
            ("$oldest", (time.GetUtcNow() - Longest).ToUnixTimeMilliseconds()), ("$most", MostBytes));

    // Enough to tell keys apart, too little to find one by.
    private static string Fingerprint(SecretString key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("civitai-dl cache\n" + key.Reveal())).AsSpan(0, 6));
}
