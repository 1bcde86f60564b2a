using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary><c>/images</c>: the pictures of all versions (civitai-api 9).</summary>
internal sealed class ImagesEndpoint(SampleCatalogue catalogue)
{
    public Task ListAsync(ApiCall call)
    {
        if (call.Faults.Take(FaultKind.Overload, call.Exchange.Subject) is not null) throw Overload.Of("Image search is temporarily overloaded — please retry.");
        var query = ImageQuery.Read(new(call.Request.Query, Refused.Zod));
        if (call.Faults.Take(FaultKind.RestrictedRegion, call.Exchange.Subject) is not null) query = query with { Levels = Rating.RestrictedRegion };
        var from = query.Cursor is null ? 0 : Offset(query.Cursor); // a page's number leads back to the first page
        var all = Find(query).ToArray();
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var picture in all.Skip(from).Take(query.Limit)) Item(json, picture, query, call.Origins.Host);
            json.WriteEndArray();
            json.WriteStartObject("metadata");
            if (query.Limit > 0 && from + query.Limit < all.Length) Next(json, call, query, $"{from + query.Limit}|{all[from + query.Limit].Version.PublishedAt.ToUnixTimeMilliseconds()}");
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static void Next(Utf8JsonWriter json, ApiCall call, ImageQuery query, string cursor)
    {
        json.WriteString("nextCursor", cursor);
        json.WriteString("nextPage", query is { Page: { } page, Cursor: null } ? ModelEndpoints.NextPage(call, "page", $"{page + 1}") : ModelEndpoints.NextPage(call, "cursor", cursor));
    }

    private IEnumerable<SamplePicture> Find(ImageQuery query)
    {
        var tags = query.Tags.Select(id => catalogue.Tags.ElementAtOrDefault(id - 1)).ToArray();
        var found = catalogue.Versions.Where(pair => pair.Model.Mode != "TakenDown" && pair.Version.Availability == "Public")
            .Where(pair => Is(query.Model, pair.Model.Id) && Is(query.Version, pair.Version.Id) && Is(query.Post, pair.Version.Id) && Is(query.User, ModelJson.CreatorId(pair.Model)))
            .Where(pair => query.Username is null || query.Username == pair.Model.Creator)
            .Where(pair => query.BaseModels.Count == 0 || query.BaseModels.Contains(pair.Version.BaseModel))
            .Where(pair => tags.Length == 0 || pair.Model.Tags.Any(tags.Contains))
            .SelectMany(pair => SamplePicture.Of(pair.Model, pair.Version))
            .Where(picture => Is(query.Image, picture.Id) && (query.Type is null || query.Type == picture.Type) && (picture.Level & query.Levels) != 0 && (!query.RequiringMeta || picture.HasMeta));
        if (query.IsByEngagement) return found.OrderByDescending(picture => picture.Id % 7).ThenByDescending(picture => picture.Id);
        return query.Sort == "Oldest" ? found.OrderBy(picture => picture.Version.PublishedAt).ThenBy(picture => picture.Id) : found.OrderByDescending(picture => picture.Version.PublishedAt).ThenByDescending(picture => picture.Id);

        static bool Is(int? asked, int has) => asked is null || asked == has;
    }

    private static void Item(Utf8JsonWriter json, SamplePicture picture, ImageQuery query, Origins origins)
    {
        json.WriteStartObject();
        json.WriteNumber("id", picture.Id);
        json.WriteString("url", picture.Address(origins));
        json.WriteString("hash", ImageJson.Blurhash);
        json.WriteNumber("width", SamplePicture.Side);
        json.WriteNumber("height", SamplePicture.Side);
        json.WriteString("type", picture.Type);
        json.WriteBoolean("nsfw", picture.Level > Rating.Safe);
        json.WriteString("nsfwLevel", Rating.Word(picture.Level));
        json.WriteNumber("browsingLevel", picture.Level);
        json.Instant("createdAt", picture.Version.PublishedAt);
        json.WriteNumber("postId", picture.Version.Id);
        json.WriteStartObject("stats");
        foreach (var name in (string[])["cryCount", "laughCount", "likeCount", "dislikeCount", "heartCount", "commentCount"]) json.WriteNumber(name, picture.Id % 7);
        json.WriteEndObject();
        Meta(json, picture, query);
        Username(json, picture.Model.Creator);
        json.WriteString("baseModel", picture.Version.BaseModel);
        json.WriteStartArray("modelVersionIds");
        json.WriteNumberValue(picture.Version.Id);
        json.WriteEndArray();
        if (query.WithTags) json.Texts("tags", picture.Model.Tags);
        json.WriteEndObject();
    }

    private static void Meta(Utf8JsonWriter json, SamplePicture picture, ImageQuery query)
    {
        json.WritePropertyName("meta");
        if (!query.WithMeta) json.WriteNullValue();
        else if (query is not { IsOldPath: true, FlatMeta: false }) ImageMeta.Write(json, picture);
        else
        {
            json.WriteStartObject();
            json.WriteNumber("id", picture.Id);
            json.WritePropertyName("meta");
            ImageMeta.Write(json, picture);
            json.WriteEndObject();
        }
    }

    // A name of digits comes as a number here, its zeros lost (civitai-api 1.8).
    private static void Username(Utf8JsonWriter json, string? name)
    {
        if (name is not null && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) json.WriteNumber("username", number);
        else json.WriteString("username", name);
    }

    private static int Offset(string cursor) => int.TryParse(cursor.Split('|')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        ? offset
        : throw Refused.WithCode(400, "Invalid cursor: unparseable value", "BAD_REQUEST");
}
