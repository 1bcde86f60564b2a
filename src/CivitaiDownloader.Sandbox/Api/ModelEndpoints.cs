using System.Globalization;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary><c>/models</c> and <c>/models/:id</c> (civitai-api 3, 4).</summary>
internal sealed class ModelEndpoints(SampleCatalogue catalogue, TimeProvider time)
{
    public async Task ListAsync(ApiCall call)
    {
        var query = ListQuery.Read(new(call.Request.Query, Refused.Zod), call.IsSignedIn);
        if (query.Text is not null && call.Faults.Take(FaultKind.Overload, call.Exchange.Subject) is not null) throw Overload.Of("Model search is temporarily overloaded — please retry.");
        if (call.Faults.Take(FaultKind.RestrictedRegion, call.Exchange.Subject) is not null) query = query with { RegionLevels = Rating.RestrictedRegion };
        if (query.Creator is not null && !catalogue.All.Any(model => ListQuery.Slug(model.Creator) == ListQuery.Slug(query.Creator))) throw Refused.WithMessage(404, "User not found");
        var page = ListPage.Cut(query, catalogue, time.GetUtcNow());
        await call.JsonAsync(json =>
        {
            var writer = new ModelJson(json, JsonForm.List, call.Origins.Host) { PrimaryFileOnly = query.PrimaryFileOnly, Levels = query.Levels };
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var model in page.Models) writer.Write(model, query.Versions(model));
            json.WriteEndArray();
            json.WriteStartObject("metadata");
            if (page.NextCursor is { } cursor)
            {
                json.WritePropertyName("nextCursor");
                if (long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && call.Faults.Take(FaultKind.NumericCursor, call.Exchange.Subject) is not null) json.WriteNumberValue(offset);
                else json.WriteStringValue(cursor);
                json.WriteString("nextPage", NextPage(call, "cursor", cursor));
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

    public async Task OneAsync(ApiCall call, string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id < 1) throw Refused.Pretty("id");
        if (catalogue.Model(id) is not { } model) throw Refused.Error(404, $"No model with id {id}");
        var versions = call.Faults.Take(FaultKind.NoVersions, call.Exchange.Subject) is null ? model.Versions : [];
        await call.JsonAsync(json => new ModelJson(json, JsonForm.ById, call.Origins.Site).Write(model, versions));
    }

    /// <summary>The caller's own query, a token in it included, with another cursor or page.</summary>
    public static string NextPage(ApiCall call, string name, string value)
    {
        var kept = (call.Request.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith(name + "=", StringComparison.Ordinal));
        return $"{call.Origins.Host.Api}{call.Request.Path}?{string.Join('&', kept.Append($"{name}={Uri.EscapeDataString(value)}"))}".Replace("+", "%20", StringComparison.Ordinal);
    }
}
