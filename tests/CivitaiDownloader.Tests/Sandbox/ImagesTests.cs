using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

/// <summary><c>/images</c> and the image host as civitai-api 9 and 2.7 describe them.</summary>
public sealed class ImagesTests() : SandboxSession(new() { Models = 60 })
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("&nsfw=false", 1)]
    [InlineData("&nsfw=None", 1)]
    [InlineData("&nsfw=Soft", 3)]
    [InlineData("&nsfw=Mature", 7)]
    [InlineData("&nsfw=X", 31)]
    [InlineData("&nsfw=true", 31)]
    [InlineData("&nsfw=X&browsingLevel=4", 4)] // the number wins
    public async Task Levels_are_those_asked_for(string query, int mask)
    {
        var levels = (await ItemsAsync("limit=200" + query)).Select(item => item.GetProperty("browsingLevel").GetInt32()).Distinct().ToArray();

        Assert.NotEmpty(levels);
        Assert.All(levels, level => Assert.NotEqual(0, level & mask));
        Assert.Equal((mask & 4) != 0, levels.Contains(4));
    }

    [Fact]
    public async Task A_level_has_a_word_a_number_and_a_flag()
    {
        var items = await ItemsAsync($"modelId={SampleIds.Mature}&browsingLevel=31");

        Assert.Equal([("Mature", 4, true), ("X", 8, true), ("X", 16, true)], items
            .Select(item => (item.GetProperty("nsfwLevel").GetString()!, item.GetProperty("browsingLevel").GetInt32(), item.GetProperty("nsfw").GetBoolean())).Order());
    }

    [Fact]
    public async Task How_it_was_made_is_told_on_request_and_wrapped_on_the_older_path()
    {
        var untold = (await ItemsAsync($"modelId={SampleIds.Plain}"))[0].GetProperty("meta");
        var wrapped = (await ItemsAsync($"modelId={SampleIds.Plain}&withMeta=true"))[0].GetProperty("meta");
        var flattened = (await ItemsAsync($"modelId={SampleIds.Plain}&withMeta=true&flatMeta=true"))[0].GetProperty("meta");
        var flat = (await ItemsAsync($"modelVersionId={SampleIds.Plain}0&withMeta=true"))[0].GetProperty("meta");

        Assert.Equal(JsonValueKind.Null, untold.ValueKind);
        Assert.Equal(["id", "meta"], wrapped.EnumerateObject().Select(property => property.Name));
        Assert.Equal(wrapped.GetProperty("meta").GetRawText(), flat.GetRawText());
        Assert.Equal(flat.GetRawText(), flattened.GetRawText());
    }

    [Fact]
    public async Task Values_are_of_any_type_and_seeds_of_any_size()
    {
        var metas = (await ItemsAsync("limit=200&withMeta=true&requiringMeta=true")).Select(item => item.GetProperty("meta")).ToArray();

        var seeds = metas.Select(meta => meta.GetProperty("seed")).ToArray();
        Assert.Contains(seeds, seed => seed.ValueKind == JsonValueKind.String);
        Assert.Contains(seeds, seed => seed.ValueKind == JsonValueKind.Number && !seed.TryGetInt32(out _) && seed.TryGetInt64(out _));
        Assert.Contains(seeds, seed => seed.ValueKind == JsonValueKind.Number && !seed.TryGetInt64(out _));
        Assert.Equal(2, metas.Select(meta => meta.GetProperty("steps").ValueKind).Distinct().Count());
        Assert.Equal([JsonValueKind.True, JsonValueKind.Null, JsonValueKind.Array], new[] { "hiresFix", "Model hash", "resources" }.Select(name => metas[0].GetProperty(name).ValueKind));
    }

    [Theory]
    [InlineData("type=video", "mp4")]
    [InlineData("type=audio", "mp3")]
    [InlineData("type=image", "jpeg")]
    public async Task Clips_and_sounds_are_listed_as_such(string query, string extension) =>
        Assert.All(await ItemsAsync($"modelId={SampleIds.Media}&{query}"), item => Assert.EndsWith("." + extension, item.GetProperty("url").GetString()));

    [Fact]
    public async Task A_narrowing_narrows()
    {
        var tag = Sandbox.Catalogue.Tags.ToList().IndexOf("style") + 1;

        Assert.All(await ItemsAsync($"tags={tag}&withTags=true"), item => Assert.Contains("style", item.GetProperty("tags").EnumerateArray().Select(name => name.GetString())));
        Assert.All(await ItemsAsync("baseModels=Pony,SD%201.5"), item => Assert.Contains(item.GetProperty("baseModel").GetString(), new[] { "Pony", "SD 1.5" }));
        Assert.Equal(420100, Assert.Single(await ItemsAsync("imageId=420100")).GetProperty("id").GetInt32());
        Assert.Equal(42010, Assert.Single(await ItemsAsync("postId=42010")).GetProperty("postId").GetInt32());
        Assert.All(await ItemsAsync("username=007"), item => Assert.Equal(7, item.GetProperty("username").GetInt32())); // its zeros are lost
        Assert.Equal("""{"items":[],"metadata":{}}""", (await JsonAsync("api/v1/images?modelId=999")).GetRawText());
    }

    [Theory]
    [InlineData("username=a%20b", 400, "ZodError")]
    [InlineData("baseModels=Pony,Nonsense", 400, "ZodError")]
    [InlineData("limit=201", 400, "ZodError")]
    [InlineData("nsfw=perhaps", 400, "ZodError")]
    [InlineData("type=sculpture", 400, "ZodError")]
    [InlineData("page=11&limit=100", 429, "cursors instead")]
    [InlineData("cursor=soon", 400, "\"code\":\"BAD_REQUEST\"")]
    public async Task Refusals_have_the_forms_of_this_endpoint(string query, int status, string words)
    {
        using var answer = await GetAsync("api/v1/images?" + query);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, await TextAsync(answer));
    }

    [Fact]
    public async Task A_page_by_number_names_the_next_number_and_repeats_itself()
    {
        var first = await JsonAsync("api/v1/images?limit=5&page=1");
        var second = await JsonAsync("api/v1/images?limit=5&page=2");

        Assert.EndsWith("limit=5&page=2", first.GetProperty("metadata").GetProperty("nextPage").GetString());
        Assert.Matches(@"^5\|\d{13}$", first.GetProperty("metadata").GetProperty("nextCursor").GetString());
        Assert.Equal(first.GetProperty("items").GetRawText(), second.GetProperty("items").GetRawText());
    }

    [Theory]
    [InlineData("original=true", 64)]
    [InlineData("width=450", 450)]
    [InlineData("width=300,optimized=true", 320)]
    [InlineData("anim=false,width=1", 96)]
    [InlineData("width=99999", 1800)]
    public async Task A_width_snaps_to_one_that_is_kept_and_the_name_does_not_matter(string transform, int width)
    {
        var url = (await ItemsAsync("imageId=420100"))[0].GetProperty("url").GetString()!;
        using var answer = await GetAsync(new Uri(url.Replace("original=true", transform, StringComparison.Ordinal).Replace("420100.jpeg", "anything.webp", StringComparison.Ordinal)));

        var png = await BytesAsync(answer);
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
    }

    [Fact]
    public async Task A_clip_is_a_picture_when_asked_for_without_movement()
    {
        var url = (await ItemsAsync($"modelId={SampleIds.Media}&type=video"))[0].GetProperty("url").GetString()!;
        using var clip = await GetAsync(new Uri(url));
        using var still = await GetAsync(new Uri(url.Replace("original=true", "anim=false,transcode=true,width=450", StringComparison.Ordinal)));
        using var nothing = await GetAsync(new Uri(Sandbox.Images, "x/y/z/1.jpeg"));

        Assert.Equal(("video/mp4", "image/png", HttpStatusCode.NotFound), (clip.Content.Headers.ContentType!.MediaType, still.Content.Headers.ContentType!.MediaType, nothing.StatusCode));
        Assert.Equal("ftyp"u8.ToArray(), (await BytesAsync(clip))[4..8]);
    }

    private async Task<JsonElement[]> ItemsAsync(string query) => [.. (await JsonAsync("api/v1/images?" + query)).GetProperty("items").EnumerateArray()];
}
