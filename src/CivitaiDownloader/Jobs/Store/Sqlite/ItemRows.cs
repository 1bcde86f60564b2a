using CivitaiDownloader.Jobs.Lifecycle;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Reads rows of <c>job_item</c>.</summary>
internal static class ItemRows
{
    /// <summary>In the order in which they are read; the names come first, so that rows can be passed over by them.</summary>
    public const string Columns = """
        model_name, version_name, file_name, id, job_id, status, stage, priority, attempts, not_before, revision, target, model_id, version_id, file_id, type, base_model, creator, format, precision,
        bytes, hashes, download_url, error_code, error_message, error_hint, error_exit_code, path, sha256, verified, verdict, bytes_fetched,
        resolving_us, downloading_us, verifying_us, scanning_us, placing_us, started_at, ended_at, note, claim_number
        """;

    public const string Query = $"SELECT {Columns} FROM job_item";

    private const int Names = 3;

    public static bool HasInName(SqliteDataReader row, string text)
    {
        for (var column = 0; column < Names; column++)
        {
            if (row.GetString(column).Contains(text, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    public static ItemRecord Read(SqliteDataReader reader) => Read(reader, out _);

    public static ItemRecord Read(SqliteDataReader reader, out int claimNumber)
    {
        var row = new RowReader(reader);
        var (model, version, file) = (row.Text(), row.Text(), row.Text());
        var item = new ItemRecord
        {
            Id = new(row.Long()),
            Job = new(row.Long()),
            Status = (ItemStatus)row.Int(),
            Stage = (ItemStage?)row.IntOrNull(),
            Priority = (Priority)row.Int(),
            Attempts = row.Int(),
            NotBefore = row.TimeOrNull(),
            Revision = row.Long(),
            File = File(ref row, model, version, file),
            Error = Error(ref row),
            Path = row.TextOrNull(),
            Sha256 = row.BytesOrNull() is { } digest ? Convert.ToHexStringLower(digest) : null,
            IsVerified = row.Int() == 1,
            Verdict = row.TextOrNull() ?? UnknownVerdict,
            BytesFetched = row.Long(),
            Times = Times(ref row),
            StartedAt = row.TimeOrNull(),
            EndedAt = row.TimeOrNull(),
            Note = row.TextOrNull(),
        };
        claimNumber = row.Int();
        return item;
    }

    /// <summary>Kept as null: nearly every row has it.</summary>
    public const string UnknownVerdict = "unknown";

    private static PlannedFile File(ref RowReader row, string modelName, string versionName, string fileName) => new()
    {
        Target = row.TextOrNull(),
        Model = row.LongOrNull() is { } model ? new(model) : null,
        Version = new(row.Long()),
        File = new(row.Long()),
        ModelName = modelName,
        VersionName = versionName,
        FileName = fileName,
        Type = row.Text(),
        BaseModel = row.TextOrNull(),
        Creator = row.TextOrNull(),
        Format = row.TextOrNull(),
        Precision = row.TextOrNull(),
        Bytes = row.LongOrNull(),
        Hashes = PackedHashes.Unpack(row.BytesOrNull()),
        DownloadUrl = row.TextOrNull(),
    };

    private static ItemError? Error(ref RowReader row)
    {
        var (code, message, hint, exit) = (row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.IntOrNull());
        return code is null ? null : new(code, message!, hint, exit!.Value);
    }

    private static StageTimes Times(ref RowReader row) => new()
    {
        Resolving = row.SpanOrNull(), Downloading = row.SpanOrNull(), Verifying = row.SpanOrNull(), Scanning = row.SpanOrNull(), Placing = row.SpanOrNull(),
    };
}
