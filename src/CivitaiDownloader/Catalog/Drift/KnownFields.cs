using CivitaiDownloader.Catalog.Reading;

namespace CivitaiDownloader.Catalog.Drift;

/// <summary>Every field that models, versions, files and images have had in any year (civitai-api 3.4, 4, 5 and the recordings). One that is not here is new.</summary>
internal static class KnownFields
{
    public static readonly NameSet Model = new(
        "id", "name", "description", "type", "mode", "nsfw", "minor", "sfwOnly", "poi", "nsfwLevel", "availability", "userId", "baseModels", "cosmetic", "supportsGeneration",
        "allowNoCredit", "allowCommercialUse", "allowDerivatives", "allowDifferentLicense", "stats", "creator", "tags", "modelVersions");

    public static readonly NameSet Stats = new(
        "downloadCount", "thumbsUpCount", "thumbsDownCount", "commentCount", "tippedAmountCount", "favoriteCount", "ratingCount", "rating");

    public static readonly NameSet Creator = new("username", "image");

    public static readonly NameSet Version = new(
        "id", "index", "name", "baseModel", "baseModelType", "publishedAt", "flags", "availability", "nsfwLevel", "description", "trainedWords", "vaeId", "earlyAccessDeadline", "paidAccess", "stats",
        "supportsGeneration", "covered", "files", "images", "downloadUrl", "modelId", "createdAt", "updatedAt", "status", "earlyAccessTimeFrame", "trainingStatus", "trainingDetails",
        "earlyAccessEndsAt", "earlyAccessConfig", "uploadType", "usageControl", "licensingFee", "air", "model");

    public static readonly NameSet VersionModel = new("name", "type", "nsfw", "poi", "mode");

    public static readonly NameSet PaidAccess = new("permanent", "endsAt");

    public static readonly NameSet File = new(
        "id", "sizeKB", "name", "overrideName", "type", "format", "pickleScanResult", "pickleScanMessage", "virusScanResult", "virusScanMessage", "scannedAt", "metadata", "hashes", "downloadUrl", "primary");

    public static readonly NameSet FileMetadata = new("format", "size", "fp", "quantType", "isRequired");

    public static readonly NameSet Hashes = new("AutoV1", "AutoV2", "AutoV3", "SHA256", "CRC32", "BLAKE3");

    public static readonly NameSet Image = new(
        "id", "url", "nsfw", "nsfwLevel", "width", "height", "hash", "type", "minor", "poi", "hasMeta", "hasPositivePrompt", "onSite", "remixOfId", "meta", "metadata", "availability");
}
