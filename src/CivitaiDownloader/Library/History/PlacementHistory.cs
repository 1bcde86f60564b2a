using System.Globalization;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Library.History;

/// <summary>
/// What was placed where. A row is there before its file has its name (<c>placing</c>) and is settled after (<c>placed</c>); what a crash left between
/// the two is put right by looking at the disk.
/// </summary>
internal sealed class PlacementHistory(Database database)
{
    private const string Columns = "root, path, bytes, sha256, verified, verdict, model_id, version_id, file_id, placed_at, site";

    /// <summary>Says where the file is about to go. Replaces a row whose file is no longer there.</summary>
    /// <returns>False when another file has that place, without regard to case.</returns>
    public bool Begin(LibraryFile file) => database.Write(Durability.Now, connection =>
    {
        if (At(connection, file.Root, file.RelativePath) is { IsThere: true }) return false;
        Write(connection, file, "placing");
        return true;
    });

    /// <summary>The file has its name. Writes the whole row: a process that wanted the same name at the same moment may have taken ours away.
    /// Not flushed for its own sake: the file is there, so its row counts in either state.</summary>
    public void Settle(LibraryFile file) => database.Write(Durability.Later, connection => Write(connection, file, "placed"));

    /// <summary>The file did not get its name.</summary>
    public void Forget(LibraryFile file) => database.Write(Durability.Later, connection => connection.Execute(
        "DELETE FROM library_file WHERE root = $root AND path_key = $key AND sha256 = $sha256 AND state = 'placing'",
        ("$root", file.Root), ("$key", SafeName.FoldKey(file.RelativePath)), ("$sha256", file.Sha256.Hex)));

    /// <summary>Files with this content that are still there.</summary>
    public IReadOnlyList<LibraryFile> Find(ContentHash sha256) => database.Run(connection => Existing(connection, "sha256 = $sha256", ("$sha256", sha256.Hex)));

    /// <summary>Files with any of these contents that are still there.</summary>
    public IReadOnlyList<LibraryFile> Find(IReadOnlyCollection<ContentHash> sha256) => sha256.Count == 0 ? [] : database.Run(connection =>
        Existing(connection, "sha256 IN (SELECT value FROM json_each($hashes))", ("$hashes", $"[{string.Join(',', sha256.Select(hash => $"\"{hash.Hex}\""))}]")));

    /// <summary>Copies of one file of a catalogue that are still there.</summary>
    public IReadOnlyList<LibraryFile> Find(string site, FileId file) => database.Run(connection => Existing(connection, "file_id = $file AND site = $site", ("$file", file.Value), ("$site", site)));

    /// <summary>Every file that got its name, still there or not, in the order of placing; those whose row a crash left unsettled last.</summary>
    public IReadOnlyList<LibraryFile> Placed() => database.Run(IReadOnlyList<LibraryFile> (connection) =>
    [
        .. Read(connection.Prepared($"SELECT {Columns} FROM library_file WHERE state = 'placed' ORDER BY id")),
        .. Existing(connection, "state = 'placing'"),
    ]);

    /// <summary>The catalogue's models that files were placed for, whether the files are still there or not.</summary>
    public IReadOnlyList<long> ModelIds() => database.Run(connection =>
    {
        var query = connection.Prepared("SELECT DISTINCT model_id FROM library_file WHERE model_id IS NOT NULL ORDER BY model_id");
        using var rows = query.ExecuteReader();
        var ids = new List<long>();
        while (rows.Read()) ids.Add(rows.GetInt64(0));
        return ids;
    });

    public LibraryFile? At(string root, string relativePath) => database.Run(connection => At(connection, root, relativePath));

    private static LibraryFile? At(DatabaseConnection connection, string root, string relativePath) =>
        Read(connection.Prepared($"SELECT {Columns} FROM library_file WHERE root = $root AND path_key = $key", ("$root", root), ("$key", SafeName.FoldKey(relativePath)))).FirstOrDefault();

    // A row that is still 'placing' counts when its file is there: then the crash came after the rename.
    private static List<LibraryFile> Existing(DatabaseConnection connection, string condition, params ReadOnlySpan<(string Name, object? Value)> values) =>
        [.. Read(connection.Prepared($"SELECT {Columns} FROM library_file WHERE {condition} ORDER BY id", values)).Where(file => file.IsThere)];

    private static void Write(DatabaseConnection connection, LibraryFile file, string state) => connection.Execute($"""
            INSERT INTO library_file ({Columns}, path_key, state)
            VALUES ($root, $path, $bytes, $sha256, $verified, $verdict, $model, $version, $file, $at, $site, $key, $state)
            ON CONFLICT (root, path_key) DO UPDATE SET path = excluded.path, bytes = excluded.bytes, sha256 = excluded.sha256, verified = excluded.verified, verdict = excluded.verdict,
                model_id = excluded.model_id, version_id = excluded.version_id, file_id = excluded.file_id, placed_at = excluded.placed_at, site = excluded.site, state = excluded.state
            """,
            ("$root", file.Root), ("$path", file.RelativePath), ("$bytes", file.Bytes), ("$sha256", file.Sha256.Hex), ("$verified", file.IsVerified ? 1 : 0),
            ("$verdict", file.Verdict), ("$model", file.Origin.ModelId), ("$version", file.Origin.VersionId), ("$file", file.Origin.FileId),
            ("$at", Text(file.PlacedAt)), ("$site", file.Origin.Site), ("$key", SafeName.FoldKey(file.RelativePath)), ("$state", state));

    private static List<LibraryFile> Read(SqliteCommand query)
    {
        using var rows = query.ExecuteReader();
        var files = new List<LibraryFile>();
        while (rows.Read())
        {
            files.Add(new()
            {
                Root = rows.GetString(0),
                RelativePath = rows.GetString(1),
                Bytes = rows.GetInt64(2),
                Sha256 = ContentHash.Parse(HashKind.Sha256, rows.GetString(3)),
                IsVerified = rows.GetInt64(4) == 1,
                Verdict = rows.GetString(5),
                Origin = new(Number(rows, 6), Number(rows, 7), Number(rows, 8)) { Site = rows.IsDBNull(10) ? null : rows.GetString(10) },
                PlacedAt = DateTimeOffset.Parse(rows.GetString(9), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            });
        }

        return files;
    }

    private static long? Number(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt64(column);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
