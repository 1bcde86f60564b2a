namespace CivitaiDownloader.Catalog;

/// <summary>The endpoints of the API that are read (civitai-api 3–10). The same thing may look different on two of them.</summary>
public enum ApiEndpoint
{
    Models,
    Model,
    ModelVersion,
    ModelVersionByHash,
    ModelVersionsByHash,
    ModelVersionIdsByHash,
    ModelVersionMini,
    Images,
    Creators,
    Tags,
    Enums,
    Me,
    Vault,
    VaultItems,
    VaultCheck,
    Collections,
    Collection,
}

public static class ApiEndpointNames
{
    extension(ApiEndpoint endpoint)
    {
        /// <summary>The endpoint as the site's documentation writes it: <c>models/:id</c>.</summary>
        public string Path => endpoint switch
        {
            ApiEndpoint.Models => "models",
            ApiEndpoint.Model => "models/:id",
            ApiEndpoint.ModelVersion => "model-versions/:id",
            ApiEndpoint.ModelVersionByHash => "model-versions/by-hash/:hash",
            ApiEndpoint.ModelVersionsByHash => "model-versions/by-hash",
            ApiEndpoint.ModelVersionIdsByHash => "model-versions/by-hash/ids",
            ApiEndpoint.ModelVersionMini => "model-versions/mini/:id",
            ApiEndpoint.Images => "images",
            ApiEndpoint.Creators => "creators",
            ApiEndpoint.Tags => "tags",
            ApiEndpoint.Enums => "enums",
            ApiEndpoint.Me => "me",
            ApiEndpoint.Vault => "vault/get",
            ApiEndpoint.VaultItems => "vault/all",
            ApiEndpoint.VaultCheck => "vault/check-vault",
            ApiEndpoint.Collections => "collections",
            ApiEndpoint.Collection => "collections/:id",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
