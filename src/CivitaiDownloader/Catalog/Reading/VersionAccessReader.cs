using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads <c>/model-versions/mini</c> (civitai-api 5.4).</summary>
internal static class VersionAccessReader
{
    /// <returns>Null when it is no object.</returns>
    public static VersionAccess? Read(JsonElement json, ReadingContext context)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        var air = json.Text("air"u8);
        return new()
        {
            Model = ModelOf(air) is { } model ? new(model) : null,
            ModelName = json.Text("modelName"u8),
            VersionName = json.Text("versionName"u8),
            Availability = json.Text("availability"u8),
            RequireAuth = json.Flag("requireAuth"u8),
            CheckPermission = json.Flag("checkPermission"u8),
            EarlyAccessEndsAt = json.Instant("earlyAccessEndsAt"u8),
            Air = air,
            Json = JsonMarshal.GetRawUtf8Value(json).ToArray(),
            Source = context.Source,
        };
    }

    // The answer has no modelId; its AIR ends in MODEL@VERSION.
    private static long? ModelOf(string? air)
    {
        if (air?.LastIndexOf(':') is not (>= 0 and var colon)) return null;
        return long.TryParse(air[(colon + 1)..].Split('@')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }
}
