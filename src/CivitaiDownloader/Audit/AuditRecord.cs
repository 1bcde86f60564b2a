using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Audit;

/// <summary>One row of the audit log as it stands there, whether it is whole or not (docs/formats/audit.md). Its texts are hostile wherever they are shown.</summary>
public sealed record AuditRecord
{
    /// <summary>What the first record names as the one before it, and the head of an empty log.</summary>
    public static readonly string NoHash = new('0', 64);

    internal const string Columns = "seq, at, kind, path, sha256, facts, previous, hash";

    private static readonly long LatestInstant = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>From 1 on, without gaps.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A word of <see cref="AuditKind"/>, or of a later version.</summary>
    public required string Kind { get; init; }

    public string? Path { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>An object of canonical JSON.</summary>
    public required string Facts { get; init; }

    /// <summary>The hash of the record before it.</summary>
    public required string Previous { get; init; }

    public string Hash { get; init; } = "";

    /// <summary>ISO 8601, UTC, always with milliseconds: as it is hashed and printed.</summary>
    public string AtText => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The SHA-256 of everything but <see cref="Hash"/>, as one object in the form of RFC 8785.</summary>
    internal string ComputeHash()
    {
        var text = $"{{\"at\":{CanonicalJson.Of(AtText)},\"facts\":{Facts},\"kind\":{CanonicalJson.Of(Kind)},\"path\":{CanonicalJson.OfNullable(Path)},"
            + $"\"previous\":{CanonicalJson.Of(Previous)},\"seq\":{CanonicalJson.Of(Sequence)},\"sha256\":{CanonicalJson.OfNullable(Sha256)}}}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    // Whoever tampers may put anything anywhere: what has no place in a column reads as something that cannot have the row's hash.
    internal static AuditRecord Read(SqliteDataReader row) => new()
    {
        Sequence = Math.Clamp(row.GetInt64(0), -CanonicalJson.LargestNumber, CanonicalJson.LargestNumber),
        At = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(row.GetValue(1) as long? ?? 0, 0, LatestInstant)),
        Kind = row.GetValue(2) as string ?? "",
        Path = row.GetValue(3) as string,
        Sha256 = row.GetValue(4) as string,
        Facts = row.GetValue(5) as string ?? "",
        Previous = row.GetValue(6) as string ?? "",
        Hash = row.GetValue(7) as string ?? "",
    };
}
