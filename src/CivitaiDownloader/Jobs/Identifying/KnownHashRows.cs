using CivitaiDownloader.Primitives;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Identifying;

/// <summary>Writes rows of answers, many with one statement.</summary>
internal sealed class KnownHashRows
{
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _sha256, _version, _model, _file, _modelName, _modelType, _versionName, _baseModel;

    public KnownHashRows(SqliteCommand insert, string site, DateTimeOffset now)
    {
        _insert = insert;
        insert.CommandText = """
            INSERT OR REPLACE INTO known_hash (site, sha256, version_id, model_id, file_id, model_name, model_type, version_name, base_model, asked_at)
            VALUES ($site, $sha256, $version, $model, $file, $modelName, $modelType, $versionName, $baseModel, $at)
            """;
        insert.Parameters.AddWithValue("$site", site);
        insert.Parameters.AddWithValue("$at", now.ToUnixTimeMilliseconds());
        (_sha256, _version, _model, _file) = (Add("$sha256", SqliteType.Text), Add("$version", SqliteType.Integer), Add("$model", SqliteType.Integer), Add("$file", SqliteType.Integer));
        (_modelName, _modelType, _versionName, _baseModel) = (Add("$modelName", SqliteType.Text), Add("$modelType", SqliteType.Text), Add("$versionName", SqliteType.Text), Add("$baseModel", SqliteType.Text));

        SqliteParameter Add(string name, SqliteType type) => insert.Parameters.Add(name, type);
    }

    public void Insert(ContentHash sha256, IdentifiedVersion version)
    {
        (_sha256.Value, _version.Value, _model.Value, _file.Value) = (sha256.Hex, version.Version.Value, Value(version.Model?.Value), Value(version.File?.Value));
        (_modelName.Value, _modelType.Value, _versionName.Value, _baseModel.Value) = (Value(version.ModelName), Value(version.ModelType), Value(version.VersionName), Value(version.BaseModel));
        _insert.ExecuteNonQuery();
    }

    private static object Value(object? value) => value ?? DBNull.Value;
}
