using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Vaults;

/// <summary>Reads vaults and what is in them. Null only where there is no number to call the thing by.</summary>
internal static class VaultItemReader
{
    private const int MostFiles = 10_000;

    private static Vault? ReadVault(JsonElement json, ReadingContext context) => json.Whole("userId"u8) is not { } user ? null : new()
    {
        User = user,
        StorageKB = json.Real("storageKb"u8),
        UsedStorageKB = json.Real("usedStorageKb"u8),
        UpdatedAt = json.Instant("updatedAt"u8),
        Json = JsonMarshal.GetRawUtf8Value(json).ToArray(),
        Source = context.Source,
    };

    public static VaultItem? ReadItem(JsonElement json, ReadingContext context) => json.Whole("id"u8) is not (> 0 and var id) ? null : new()
    {
        Id = id,
        Status = json.Text("status"u8),
        Model = json.Whole("modelId"u8) is > 0 and var model ? new ModelId(model) : null,
        Version = json.Whole("modelVersionId"u8) is > 0 and var version ? new ModelVersionId(version) : null,
        ModelName = json.Text("modelName"u8),
        VersionName = json.Text("versionName"u8),
        Creator = json.Text("creatorName"u8),
        Type = ReadingContext.Shared(json, "type"u8, KnownValues.ModelType),
        BaseModel = ReadingContext.Shared(json, "baseModel"u8, KnownValues.BaseModel),
        Category = json.Text("category"u8) is { Length: > 0 } category ? category : null,
        SizeKB = json.Real("modelSizeKb"u8),
        CreatedAt = json.Instant("createdAt"u8),
        AddedAt = json.Instant("addedAt"u8),
        Files = ReadFiles(json),
        Json = JsonMarshal.GetRawUtf8Value(json).ToArray(),
        Source = context.Source,
    };

    // An item that cannot be read is no item that is not there.
    public static VaultHolding? ReadHolding(JsonElement json, ReadingContext context)
    {
        if (json.Whole("modelVersionId"u8) is not (> 0 and var version)) return null;
        if (json.Get("vaultItem"u8) is not { } item) return new(new(version), null);
        return ReadItem(item, context) is { } held ? new(new(version), held) : null;
    }

    public static VaultAnswer? ReadAnswer(JsonElement json, ReadingContext context)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        return json.Get("vault"u8) is not { } vault ? new(null) : ReadVault(vault, context) is { } read ? new(read) : null;
    }

    private static List<VaultFile> ReadFiles(JsonElement item)
    {
        var files = new List<VaultFile>();
        foreach (var file in item.Items("files"u8).Take(MostFiles))
        {
            if (file.Whole("id"u8) is > 0 and var id) files.Add(new(new(id), file.Text("displayName"u8) ?? "", file.Real("sizeKB"u8)));
        }

        return files;
    }
}

/// <param name="Vault">Null for an account without a membership.</param>
internal sealed record VaultAnswer(Vault? Vault);
