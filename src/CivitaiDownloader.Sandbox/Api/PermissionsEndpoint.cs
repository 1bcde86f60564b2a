using System.Globalization;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary><c>/permissions/check</c>: whether one may generate with a version. It says nothing about downloading (civitai-api 10).</summary>
internal static class PermissionsEndpoint
{
    private static readonly string[] EntityTypes = ["ModelVersion"];
    private static readonly string[] Permissions = ["Generate"];

    public static Task CheckAsync(ApiCall call)
    {
        var query = new QueryReader(call.Request.Query, Refused.Zod);
        query.Members("entityType", EntityTypes);
        query.Members("permission", Permissions);
        query.Number("userId", 1, int.MaxValue);
        var ids = query.Text("entityIds") is null ? [] : query.Numbers("entityIds");
        return call.JsonAsync(json =>
        {
            if (ids.Length == 0) json.WriteStartArray();
            else json.WriteStartObject();
            foreach (var id in ids.Distinct()) json.WriteBoolean(id.ToString(CultureInfo.InvariantCulture), false); // there is no generator here
            if (ids.Length == 0) json.WriteEndArray();
            else json.WriteEndObject();
        });
    }
}
