using System.Globalization;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary><c>/model-versions/:id</c> and <c>/model-versions/mini/:id</c> (civitai-api 5, 5.4).</summary>
internal sealed class VersionEndpoints(SampleCatalogue catalogue)
{
    public Task OneAsync(ApiCall call, string text)
    {
        var (model, version) = Find(text);
        if (version.Files.Count == 0) throw Refused.Error(404, "Missing model file");
        return call.JsonAsync(json => new VersionJson(json, JsonForm.Version, call.Origins.Host).Write(model, version));
    }

    public Task MiniAsync(ApiCall call, string text)
    {
        var (model, version) = Find(text);
        var query = new QueryReader(call.Request.Query, (name, _) => Refused.Pretty(name));
        query.Never("epoch", "number"); // declared as a number and never made one
        var wanted = query.Number("modelFileId", 1, int.MaxValue);
        if (version.Files.Count == 0) throw Refused.Error(404, "Missing model file");
        var file = wanted is null ? PrimaryFile.Of(version.Current)
            : version.Files.FirstOrDefault(one => one.Id == wanted) ?? throw Refused.Error(404, $"Model file {wanted} not found in version {version.Id}");
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("air", VersionJson.Air(model, version));
            json.WriteString("versionName", version.Name);
            json.WriteString("modelName", model.Name);
            json.WriteNumber("userId", ModelJson.CreatorId(model));
            json.WriteString("baseModel", version.BaseModel);
            json.WriteString("availability", version.Access == SampleAccess.NoGrant ? "Private" : version.Availability);
            json.Instant("publishedAt", version.PublishedAt);
            json.WriteNumber("size", file.Declared.Length / 1024.0);
            json.WriteString("fileType", file.Type);
            json.WriteString("fileName", file.Name);
            FileJson.Hashes(json, file);
            json.Texts("downloadUrls", [Address(call, version) + (wanted is null ? "" : $"?fileId={file.Id}")]);
            json.WriteString("format", file.Format);
            json.WriteBoolean("canGenerate", false);
            json.WriteBoolean("isFeatured", false);
            json.WriteBoolean("requireAuth", version.Access == SampleAccess.LoginRequired);
            json.WriteBoolean("checkPermission", version.Access is SampleAccess.EarlyAccess or SampleAccess.NoGrant);
            json.WriteString("earlyAccessEndsAt", version.EndsAt is { } end ? JsonPieces.Text(end) : null);
            json.WriteNull("freeTrialLimit");
            json.WriteBoolean("additionalResourceCharge", false);
            json.WriteBoolean("minor", false);
            json.WriteBoolean("sfwOnly", false);
            json.Texts("fees", []);
            json.WriteBoolean("payoutEnabled", false);
            json.WriteEndObject();
        });
    }

    // Asked under a name with "api." in it, it points there, without the /api of every other address (civitai-api 1.1).
    private static string Address(ApiCall call, SampleVersion version) => call.Request.Host.Host.Contains("api.", StringComparison.OrdinalIgnoreCase)
        ? $"{call.Origins.Host.Api}/download/models/{version.Id}"
        : call.Origins.Site.Download(version.Id);

    private (SampleModel Model, SampleVersion Version) Find(string text)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)) throw Refused.Pretty("id");
        if (id == 0) throw Refused.Error(400, "Missing modelVersionId");
        // What has no level yet overlaps with no level that is asked for.
        return catalogue.Version(id) is { Model.NsfwLevel: not 0 } found ? found : throw Refused.Error(404, "Model not found");
    }
}
