using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary><c>/images</c>: the pictures of all versions, newest first (civitai-api 9).</summary>
internal sealed class ImagesEndpoint(SampleCatalogue catalogue)
{
    public Task ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Request.Query, Refused.Zod);
        var limit = query.Number("limit", 0, 200) ?? 100;
        var cursor = query.Text("cursor");
        if (cursor is null && (long)(query.Number("page", 1, int.MaxValue) ?? 0) * limit > ListQuery.MostByPage) throw Refused.Error(429, "You've requested too many pages, please use cursors instead");
        query.Members("sort", Enumerations.ImageSorts);
        query.Members("period", Enumerations.Periods);
        if (query.Text("baseModels") is { } names && !names.Split(',').All(name => Enumerations.ActiveBaseModels.Contains(name) || Enumerations.HiddenBaseModels.Contains(name)))
            throw Refused.Zod("baseModels", "Invalid option");
        var all = Find(query).ToArray();
        var from = cursor is null ? 0 : Offset(cursor);
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var picture in all.Skip(from).Take(limit)) Picture(json, picture, call.Origins.Host);
            json.WriteEndArray();
            json.WriteStartObject("metadata");
            if (limit > 0 && from + limit < all.Length)
            {
                var next = $"{from + limit}|{all[from + limit].Version.PublishedAt.ToUnixTimeMilliseconds()}";
                json.WriteString("nextCursor", next);
                json.WriteString("nextPage", ModelEndpoints.NextPage(call, next));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private IEnumerable<(SampleModel Model, SampleVersion Version, int Id)> Find(QueryReader query)
    {
        var (model, version, image) = (query.Number("modelId", 0, int.MaxValue), query.Number("modelVersionId", 0, int.MaxValue), query.Number("imageId", 0, int.MaxValue));
        var user = query.Text("username");
        return catalogue.Versions.Where(pair => pair.Model.Mode != "TakenDown")
            .Where(pair => (model is null || model == pair.Model.Id) && (version is null || version == pair.Version.Id) && (user is null || user == pair.Model.Creator))
            .SelectMany(pair => Enumerable.Range(0, pair.Version.Images).Select(index => (pair.Model, pair.Version, Id: ImageJson.IdOf(pair.Version, index))))
            .Where(picture => image is null || image == picture.Id)
            .OrderByDescending(picture => picture.Version.PublishedAt).ThenByDescending(picture => picture.Id);
    }

    private static void Picture(Utf8JsonWriter json, (SampleModel Model, SampleVersion Version, int Id) picture, Origins origins)
    {
        json.WriteStartObject();
        json.WriteNumber("id", picture.Id);
        json.WriteString("url", ImageJson.Address(origins, picture.Id));
        json.WriteString("hash", ImageJson.Blurhash);
        json.WriteNumber("width", ImageJson.Side);
        json.WriteNumber("height", ImageJson.Side);
        json.WriteString("type", "image");
        json.WriteBoolean("nsfw", false);
        json.WriteString("nsfwLevel", "None");
        json.WriteNumber("browsingLevel", 1);
        json.Instant("createdAt", picture.Version.PublishedAt);
        json.WriteNumber("postId", picture.Version.Id);
        json.WriteStartObject("stats");
        foreach (var name in (string[])["cryCount", "laughCount", "likeCount", "dislikeCount", "heartCount", "commentCount"]) json.WriteNumber(name, picture.Id % 7);
        json.WriteEndObject();
        json.WriteNull("meta");
        Username(json, picture.Model.Creator);
        json.WriteString("baseModel", picture.Version.BaseModel);
        json.WriteStartArray("modelVersionIds");
        json.WriteNumberValue(picture.Version.Id);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A name of digits comes as a number here, its zeros lost (civitai-api 1.8).
    private static void Username(Utf8JsonWriter json, string? name)
    {
        if (name is not null && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) json.WriteNumber("username", number);
        else json.WriteString("username", name);
    }

    private static int Offset(string cursor) =>
        int.TryParse(cursor.Split('|')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : throw Refused.WithMessage(400, "Invalid cursor: unparseable value");
}
