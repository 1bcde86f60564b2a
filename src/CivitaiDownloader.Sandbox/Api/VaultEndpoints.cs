using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary><c>/vault/get</c>, <c>/vault/all</c> and <c>/vault/check-vault</c> (civitai-api 10). In the one vault there is lies every third version; nobody can change that.</summary>
internal sealed class VaultEndpoints(SampleCatalogue catalogue, bool isMember)
{
    private const int User = 1;
    private const int Usual = 60;
    private const int Most = 200;

    private static readonly string[] Sorts = ["Recently Added", "Recently Created", "Model Name", "Model Size"];

    private readonly Lazy<IReadOnlyList<VaultEntry>> _entries = new(() =>
        [.. catalogue.Versions.OrderBy(pair => pair.Version.Id).Where((_, index) => index % 3 == 0).Select((pair, index) => new VaultEntry(9000 + index, pair.Model, pair.Version))]);

    public Task GetAsync(ApiCall call)
    {
        RequireSession(call);
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            if (isMember) WriteVault(json);
            else json.WriteNull("vault");
            json.WriteEndObject();
        });
    }

    public Task ListAsync(ApiCall call)
    {
        RequireSession(call);
        var query = new QueryReader(call.Request.Query, (_, _) => new Refused(500, """{"message":"An unexpected error occurred","error":{"name":"ZodError"}}"""));
        var (limit, page) = (query.Number("limit", 1, Most) ?? Usual, query.Number("page", 1, int.MaxValue) ?? 1);
        query.Members("sort", Sorts);
        if (!isMember) return GetAsync(call);
        var found = Find(query);
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var entry in found.Skip((int)Math.Min(int.MaxValue, (long)(page - 1) * limit)).Take(limit)) entry.Write(json, call.Origins.Site, VaultForm.Listed);
            json.WriteEndArray();
            json.WriteNumber("totalItems", found.Length);
            json.WriteNumber("currentPage", page);
            json.WriteNumber("pageSize", limit);
            json.WriteNumber("totalPages", (found.Length + limit - 1) / limit);
            json.WriteEndObject();
        });
    }

    public Task CheckAsync(ApiCall call)
    {
        RequireSession(call);
        var ids = new QueryReader(call.Request.Query, (_, _) => Refused.Error(400, "Could not parse provided model versions array.")).Numbers("modelVersionIds");
        return call.JsonAsync(json =>
        {
            json.WriteStartArray();
            foreach (var id in ids)
            {
                json.WriteStartObject();
                json.WriteNumber("modelVersionId", id);
                json.WritePropertyName("vaultItem");
                if (isMember && _entries.Value.FirstOrDefault(entry => entry.Version.Id == id) is { } entry) entry.Write(json, call.Origins.Site, VaultForm.Row);
                else json.WriteNullValue();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void RequireSession(ApiCall call)
    {
        if (!call.IsSignedIn) throw Refused.Error(401, "Unauthorized");
    }

    private VaultEntry[] Find(QueryReader query)
    {
        var (text, types, categories, baseModels) = (query.Text("query"), List("types"), List("categories"), List("baseModels"));
        var found = _entries.Value.Where(entry => text is null || entry.Names.Any(name => name.Contains(text, StringComparison.OrdinalIgnoreCase)))
            .Where(entry => (types is null || types.Contains(entry.Model.Type)) && (categories is null || categories.Contains(entry.Category)) && (baseModels is null || baseModels.Contains(entry.Version.BaseModel)));
        return query.Text("sort") switch
        {
            "Model Name" => [.. found.OrderBy(entry => entry.Model.Name, StringComparer.Ordinal)],
            "Model Size" => [.. found.OrderByDescending(entry => entry.KiB)],
            "Recently Created" => [.. found.OrderByDescending(entry => entry.Version.PublishedAt)],
            _ => [.. found.OrderByDescending(entry => entry.Id)],
        };

        string[]? List(string name) => query.Text(name)?.Split(',');
    }

    private void WriteVault(Utf8JsonWriter json)
    {
        json.WriteStartObject("vault");
        json.WriteNumber("userId", User);
        json.WriteNumber("storageKb", 104_857_600);
        json.WriteNumber("usedStorageKb", _entries.Value.Sum(entry => entry.KiB));
        json.WriteStartObject("meta");
        json.WriteEndObject();
        json.WriteString("updatedAt", "2026-04-01T08:30:00.000Z");
        json.WriteEndObject();
    }
}
