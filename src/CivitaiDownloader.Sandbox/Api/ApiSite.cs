using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>The API host: models, versions, look-up by hash, and the download endpoint that hands out links.</summary>
internal sealed class ApiSite(SampleCatalogue catalogue, SandboxOptions options, LinkSigner links)
{
    private static readonly string[] Browsers = ["mozilla", "chrome", "safari", "firefox", "opera", "edge"];

    /// <summary>Which model a path is about, so that faults can be aimed.</summary>
    public int? ModelOf(HttpRequest request)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !int.TryParse(parts[^1], out var id)) return null;
        return parts is [.., "model-versions", _] or ["api", "download", "models", _] ? catalogue.Version(id)?.Model.Id : id;
    }

    /// <param name="origins">Where addresses in the answer point: the Host header's, except on <c>/models/:id</c>.</param>
    public async Task ServeAsync(HttpContext context, Origins origins, Origins fixedOrigins)
    {
        try
        {
            var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
            switch (parts)
            {
                case ["api", "v1", "models"]: await ListAsync(context, origins); break;
                case ["api", "v1", "models", var id]: await ModelAsync(context, id, fixedOrigins); break;
                case ["api", "v1", "model-versions", "by-hash", var hash]: await ByHashAsync(context, hash, origins); break;
                case ["api", "v1", "model-versions", var id]: await VersionAsync(context, id, origins); break;
                case ["api", "v1", "me"]: await MeAsync(context); break;
                case ["api", "download", "models", var id]: Download(context, id); break;
                default: throw new Refused(404, """{"error":"Not found"}""");
            }
        }
        catch (Refused refused)
        {
            await RefuseAsync(context, refused);
        }
    }

    public bool IsSignedIn(HttpRequest request)
    {
        // The second word counts, whatever the first is.
        var words = request.Headers.Authorization.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var token = words.Length > 1 ? words[1] : request.Query["token"].ToString();
        return token == options.Key;
    }

    private async Task ListAsync(HttpContext context, Origins origins)
    {
        RequireGet(context);
        var query = ListQuery.Read(context.Request.Query, IsSignedIn(context.Request));
        if (query.Creator is not null && !catalogue.All.Any(model => ListQuery.Slug(model.Creator) == ListQuery.Slug(query.Creator))) throw new Refused(404, """{"message":"User not found"}""");
        var page = ListPage.Cut(query, catalogue, options.Time.GetUtcNow());
        await JsonAsync(context, json =>
        {
            var writer = new ModelJson(json, JsonForm.List, origins);
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var model in page.Models)
                writer.Model(model, model.Versions.Where(version => query.BaseModels.Count == 0 || query.BaseModels.Contains(version.BaseModel)));
            json.WriteEndArray();
            json.WriteStartObject("metadata");
            if (page.NextCursor is { } cursor)
            {
                json.WriteString("nextCursor", cursor);
                json.WriteString("nextPage", NextPage(context.Request, origins, cursor));
            }

            if (query is { Page: { } number, Cursor: null })
            {
                json.WriteNumber("currentPage", number);
                json.WriteNumber("pageSize", query.Limit);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private async Task ModelAsync(HttpContext context, string text, Origins origins)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id < 1) throw Pretty("id");
        if (catalogue.Model(id) is not { } model) throw new Refused(404, $$"""{"error":"No model with id {{id}}"}""");
        await JsonAsync(context, json => new ModelJson(json, JsonForm.ById, origins).Model(model, model.Versions));
    }

    private async Task VersionAsync(HttpContext context, string text, Origins origins)
    {
        RequireGet(context);
        if (!int.TryParse(text, out var id)) throw Pretty("id");
        if (id == 0) throw new Refused(400, """{"error":"Missing modelVersionId"}""");
        if (catalogue.Version(id) is not { } found || found.Model.NsfwLevel == 0) throw new Refused(404, """{"error":"Model not found"}""");
        await JsonAsync(context, json => new ModelJson(json, JsonForm.Version, origins).Version(found.Model, found.Version));
    }

    private async Task ByHashAsync(HttpContext context, string hash, Origins origins)
    {
        if (catalogue.ByHash(hash) is not { } found) throw new Refused(404, """{"error":"Model not found"}""");
        await JsonAsync(context, json => new ModelJson(json, JsonForm.Version, origins).Version(found.Model, found.Version));
    }

    private async Task MeAsync(HttpContext context)
    {
        if (!IsSignedIn(context.Request)) throw new Refused(401, """{"error":"Unauthorized"}""");
        await JsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", 1);
            json.WriteString("username", "sandbox");
            json.WriteString("tier", "free");
            json.WriteString("status", "active");
            json.WriteBoolean("isMember", false);
            json.WriteStartArray("subscriptions");
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    // The order of checks is the site's (civitai-api 8.3, 8.4).
    private void Download(HttpContext context, string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) throw Pretty("modelVersionId");
        if (catalogue.Version(id) is not { } found) throw NoFile();
        var (model, version) = found;
        var signedIn = IsSignedIn(context.Request);
        if (model.Mode == "Archived") throw new Refused(410, """{"error":"Model archived, not available for download"}""");
        if (version.Access == SampleAccess.DownloadsDisabled) throw Unauthorized("The creator of this asset has disabled downloads on this file");
        if (version.Access is SampleAccess.LoginRequired or SampleAccess.NoGrant && !signedIn) throw Unauthorized("The creator of this asset requires you to be logged in to download it");
        if (version.Access == SampleAccess.EarlyAccess) throw EarlyAccess(version);
        if (version.Access == SampleAccess.NoGrant) throw new Refused(403, """{"error":"You do not have access to download this file"}""");
        if (version.Access == SampleAccess.FileGone) throw NoFile();
        var file = Choose(version, context.Request.Query);
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.CacheControl = "no-store, max-age=0";
        context.Response.Headers.Location = links.For(file).AbsoluteUri;
    }

    private static SampleFile Choose(SampleVersion version, IQueryCollection query)
    {
        if (query["fileId"].FirstOrDefault() is { } wanted)
        {
            if (!int.TryParse(wanted, out var id)) throw Pretty("fileId");
            return version.Files.FirstOrDefault(file => file.Id == id) ?? throw NoFile();
        }

        var type = query["type"].FirstOrDefault();
        var fitting = version.Files.Where(file => type is null || file.Type == type).ToArray();
        if (fitting.Length == 0) throw NoFile();
        string? format = query["format"], size = query["size"], precision = query["fp"];
        var chosen = PrimaryFile.Of(fitting, format, size, precision);
        return Differs(format, chosen.Format) || Differs(size, chosen.Size) || Differs(precision, chosen.Precision) ? throw NoFile() : chosen;
    }

    private static bool Differs(string? asked, string? has) => asked is not null && has is not null && asked != has;

    private static Refused NoFile() => new(404, """{"error":"File not found"}""");

    private static Refused Unauthorized(string message) => new(401, $$"""{"error":"Unauthorized","message":"{{message}}"}""");

    private static Refused EarlyAccess(SampleVersion version) => new(403,
        """{"error":"Early Access",""" + (version.EndsAt is { } end ? $"\"deadline\":\"{end.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"," : "")
        + "\"message\":\"This asset is in Early Access. You can use Buzz access it now!\"}");

    private static Refused Pretty(string name) => new(400, $$"""{"error":"✖ Invalid input: expected number, received NaN\n  → at {{name}}"}""");

    private static void RequireGet(HttpContext context)
    {
        if (context.Request.Method != "GET") throw new Refused(405, """{"error":"Method not allowed"}""");
    }

    private static string NextPage(HttpRequest request, Origins origins, string cursor)
    {
        var kept = (request.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith("cursor=", StringComparison.Ordinal));
        return $"{origins.Api}/api/v1/models?{string.Join('&', kept.Append("cursor=" + Uri.EscapeDataString(cursor)))}".Replace("+", "%20", StringComparison.Ordinal);
    }

    private static async Task RefuseAsync(HttpContext context, Refused refused)
    {
        context.Response.StatusCode = refused.Status;
        var agent = context.Request.Headers.UserAgent.ToString();
        // Callers that look like browsers get pages on the download endpoint (civitai-api 8.2).
        if (context.Request.Path.StartsWithSegments("/api/download") && Browsers.Any(name => agent.Contains(name, StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<!DOCTYPE html><html><body>Sign in</body></html>");
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(refused.Json);
    }

    private static async Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(body)) write(json);
        var bytes = context.Items.ContainsKey(RawControl) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.WrittenSpan).Replace("Ink Wash", "Ink\rWash", StringComparison.Ordinal)) : body.WrittenMemory;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Set on a request whose answer shall hold an unescaped control character.</summary>
    public static readonly object RawControl = new();
}
