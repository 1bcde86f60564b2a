using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary><c>/collections</c> and <c>/collections/:id</c> (civitai-api 10): one collection for each creator and tag, the same for every caller.</summary>
internal sealed class CollectionEndpoints(SampleCatalogue catalogue, TimeProvider time)
{
    private const int FirstId = 1001;
    private const int Most = 100;
    private const string ByFollowers = "Most Followers";

    private readonly AskLimit _limit = new(time);
    private readonly Lazy<IReadOnlyList<SampleCollection>> _all = new(() =>
    [
        .. catalogue.All.Where(model => model.Creator is not null).SelectMany(model => model.Tags.Select(tag => (Creator: model.Creator!, Tag: tag, Model: model)))
            .GroupBy(entry => (entry.Creator, entry.Tag)).OrderBy(group => group.Key.Creator, StringComparer.Ordinal).ThenBy(group => group.Key.Tag, StringComparer.Ordinal)
            .Select((group, index) => new SampleCollection(FirstId + index, group.Key.Creator, group.Key.Tag, [.. group.Select(entry => entry.Model)])),
    ]);

    public Task ListAsync(ApiCall call)
    {
        _limit.Take(call);
        var query = new QueryReader(call.Request.Query, Refused.Zod);
        var (limit, cursor, text) = (query.Number("limit", 1, Most) ?? Most, query.Number("cursor", 1, int.MaxValue), query.Text("query")?.Trim());
        if (text?.Length > 100) throw Refused.Zod("query", "Too big: expected string to have <=100 characters");
        var byFollowers = query.Members("sort", ["Newest", ByFollowers]).Contains(ByFollowers);
        if (byFollowers && cursor is not null) throw Refused.Error(400, "Cursor pagination is only supported for the default (Newest) sort.");
        query.Flag("nsfw");
        var rest = _all.Value.Where(collection => text is null || collection.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Where(collection => cursor is null || collection.Id <= cursor);
        var found = (byFollowers ? rest.OrderByDescending(collection => collection.Models.Count).ThenBy(collection => collection.Id) : rest.OrderByDescending(collection => collection.Id)).Take(limit + 1).ToArray();
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var collection in found.Take(limit)) collection.Write(json, call.Origins.Site, CollectionForm.Listed);
            json.WriteEndArray();
            json.WriteStartObject("metadata");
            if (found.Length > limit)
            {
                json.WriteNumber("nextCursor", found[limit].Id);
                json.WriteString("nextPage", ModelEndpoints.NextPage(call, "cursor", found[limit].Id.ToString(CultureInfo.InvariantCulture)));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public Task OneAsync(ApiCall call, string text)
    {
        _limit.Take(call);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id < 1) throw Refused.Pretty("id");
        var found = _all.Value.FirstOrDefault(collection => collection.Id == id) ?? throw Refused.Error(404, $"No collection with id {id}");
        return call.JsonAsync(json => found.Write(json, call.Origins.Site, CollectionForm.ById));
    }
}

internal enum CollectionForm
{
    Listed,
    ById,
}

internal sealed record SampleCollection(int Id, string Owner, string Tag, IReadOnlyList<SampleModel> Models)
{
    public string Name => $"{Tag} by {Owner}";

    public void Write(Utf8JsonWriter json, Origins origins, CollectionForm form)
    {
        json.WriteStartObject();
        json.WriteNumber("id", Id);
        json.WriteString("name", Name);
        json.WriteString("description", Id % 4 == 0 ? null : $"Everything about {Tag}.");
        json.WriteString("type", Id % 7 == 0 ? null : "Model");
        if (form == CollectionForm.ById) json.WriteNull("mode");
        json.WriteNumber("nsfwLevel", 1);
        json.WriteString("read", "Public");
        json.WriteBoolean("isPublic", true);
        if (form == CollectionForm.Listed) json.WriteNumber("itemCount", Models.Count);
        json.WriteString("coverImageUrl", SamplePicture.Of(Models[0], Models[0].Versions[0]).FirstOrDefault()?.Address(origins));
        json.WriteStartObject("user");
        json.WriteNumber("id", ModelJson.CreatorId(Models[0]));
        json.WriteString("username", Owner);
        json.WriteEndObject();
        if (form == CollectionForm.ById) Tags(json);
        json.WriteEndObject();
    }

    private void Tags(Utf8JsonWriter json)
    {
        json.WriteStartArray("tags");
        json.WriteStartObject();
        json.WriteNumber("id", Tag.Length);
        json.WriteString("name", Tag);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
