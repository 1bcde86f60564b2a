using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>The parameters of a statement that names a file with its stamp, set again for each file.</summary>
internal sealed class StampParameters(SqliteCommand command)
{
    private readonly SqliteParameter _path = command.Parameters.Add("$path", SqliteType.Text);
    private readonly SqliteParameter _bytes = command.Parameters.Add("$bytes", SqliteType.Integer);
    private readonly SqliteParameter _modified = command.Parameters.Add("$modified", SqliteType.Integer);
    private readonly SqliteParameter _inode = command.Parameters.Add("$inode", SqliteType.Integer);

    public void Set(FoundFile file)
    {
        _path.Value = file.Path;
        _bytes.Value = file.Stamp.Bytes;
        _modified.Value = file.Stamp.Modified;
        _inode.Value = unchecked((long)file.Stamp.Inode);
    }
}
