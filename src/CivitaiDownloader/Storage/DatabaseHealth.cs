namespace CivitaiDownloader.Storage;

/// <summary>How the database file is.</summary>
/// <param name="LogBytes">Of the write-ahead log beside it.</param>
/// <param name="Damage">What SQLite found wrong; null for nothing.</param>
public sealed record DatabaseHealth(long Bytes, long LogBytes, string? Damage)
{
    /// <summary>Reads every page once (quick_check), but does not compare indexes with their tables.</summary>
    /// <exception cref="StorageException">It cannot be read at all.</exception>
    public static DatabaseHealth Of(Database database)
    {
        var said = database.Run(connection =>
        {
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA quick_check(1)";
            return (string)check.ExecuteScalar()!;
        });
        return new(LengthOf(database.Path), LengthOf(database.Path + "-wal"), said == "ok" ? null : said);
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true, Length: var bytes } ? bytes : 0;
}
