using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>The lists of creators, tags, users and enumeration members (civitai-api 10).</summary>
internal sealed class DirectoryEndpoints(SampleCatalogue catalogue)
{
    private const int MostUsers = 5;

    // Accounts that have published nothing: their count is left out, not 0.
    private static readonly (string Name, int Models)[] WithoutModels = [("lurker", 0), ("newcomer_0", 0)];

    public Task CreatorsAsync(ApiCall call)
    {
        var query = PageQuery.Read(call);
        var all = catalogue.All.Where(model => model.Creator is not null).GroupBy(model => model.Creator!).Select(group => (Name: group.Key, Models: group.Count())).Concat(WithoutModels)
            .Where(creator => query.Admits(creator.Name)).OrderBy(creator => creator.Name, StringComparer.Ordinal).ToArray();
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var (name, models) in query.Cut(all))
            {
                json.WriteStartObject();
                json.WriteString("username", name);
                if (models > 0) json.WriteNumber("modelCount", models);
                json.WriteString("link", $"{call.Origins.Site.Api}/api/v1/models?username={Uri.EscapeDataString(name)}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("metadata");
            json.WriteNumber("totalItems", all.Length);
            json.WriteNumber("currentPage", query.Page);
            json.WriteNumber("pageSize", query.Limit);
            json.WriteNumber("totalPages", query.PagesOf(all.Length));
            if (query.Text is not null) json.WriteBoolean("hasMore", query.Page < query.PagesOf(all.Length));
            if (query.Page < query.PagesOf(all.Length)) json.WriteString("nextPage", query.Address(call, query.Page + 1));
            if (query.Page > 1) json.WriteString("prevPage", query.Address(call, query.Page - 1));
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    // No totals and never a next page, yet pages there are: a caller goes on until one is empty.
    public Task TagsAsync(ApiCall call)
    {
        var query = PageQuery.Read(call);
        var all = catalogue.Tags.Where(query.Admits).ToArray();
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var name in query.Cut(all))
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("link", $"{call.Origins.Site.Api}/api/v1/models?tag={name}"); // as it is: the site does not encode it
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("metadata");
            json.WriteNumber("totalItems", 0);
            json.WriteNumber("currentPage", query.Page);
            json.WriteNumber("pageSize", query.Limit);
            json.WriteNumber("totalPages", 1);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public Task UsersAsync(ApiCall call)
    {
        var query = new QueryReader(call.Request.Query, Refused.TopLevelZod);
        var (ids, prefix) = (query.Numbers("ids"), query.Text("query"));
        var users = catalogue.All.Where(model => model.Creator is not null).Select(model => (Id: ModelJson.CreatorId(model), Name: model.Creator!)).Distinct()
            .Where(user => ids.Contains(user.Id) || (prefix is not null && user.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(user => user.Name, StringComparer.Ordinal).Take(ids.Length > 0 ? ids.Length : MostUsers).ToArray();
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var (id, name) in users)
            {
                json.WriteStartObject();
                json.WriteNumber("id", id);
                json.WriteString("username", name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static Task EnumsAsync(ApiCall call) => call.JsonAsync(json =>
    {
        json.WriteStartObject();
        json.Texts("ModelType", Enumerations.ModelTypes);
        json.Texts("ModelFileType", Enumerations.FileTypes);
        json.Texts("ActiveBaseModel", Enumerations.ActiveBaseModels);
        json.Texts("BaseModel", [.. Enumerations.ActiveBaseModels, .. Enumerations.HiddenBaseModels]);
        json.Texts("BaseModelType", Enumerations.BaseModelTypes);
        json.WriteEndObject();
    });
}
