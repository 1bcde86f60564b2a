using System.Text.RegularExpressions;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>What a caller of <c>/images</c> asked for, checked as the site checks it (civitai-api 9).</summary>
internal sealed partial record ImageQuery
{
    private static readonly string[] Types = ["image", "video", "audio"];

    public int Limit { get; private init; }
    public int? Page { get; private init; }
    public string? Cursor { get; private init; }
    public int? Post { get; private init; }
    public int? Model { get; private init; }
    public int? Version { get; private init; }
    public int? Image { get; private init; }
    public int? User { get; private init; }
    public string? Username { get; private init; }
    public string Sort { get; private init; } = "Most Reactions";
    public int Levels { get; init; }
    public IReadOnlyList<int> Tags { get; private init; } = [];
    public string? Type { get; private init; }
    public IReadOnlyList<string> BaseModels { get; private init; } = [];
    public bool WithMeta { get; private init; }
    public bool RequiringMeta { get; private init; }
    public bool FlatMeta { get; private init; }
    public bool WithTags { get; private init; }

    /// <summary>An older way to the data, which ignores how many liked a picture and wraps how it was made.</summary>
    public bool IsOldPath => Image is not null || IsOfModelAlone;

    private bool IsOfModelAlone => Model is not null && Version is null && Post is null && User is null && Username is null;

    public bool IsByEngagement => !IsOfModelAlone && Sort is "Most Reactions" or "Most Comments" or "Most Collected";

    public static ImageQuery Read(QueryReader query)
    {
        var read = new ImageQuery
        {
            Limit = query.Number("limit", 0, 200) ?? 100,
            Page = query.Number("page", 1, int.MaxValue),
            Cursor = query.Text("cursor"),
            Post = Id(query, "postId"),
            Model = Id(query, "modelId"),
            Version = Id(query, "modelVersionId"),
            Image = Id(query, "imageId"),
            User = Id(query, "userId"),
            Username = query.Text("username") is { } name && !Plain().IsMatch(name) ? throw Refused.Zod("username", "Invalid string: must match pattern /^[A-Za-z0-9_]*$/") : query.Text("username"),
            Sort = query.Members("sort", Enumerations.ImageSorts).FirstOrDefault() ?? "Most Reactions",
            Levels = LevelsOf(query),
            Tags = query.Numbers("tags"),
            Type = query.Members("type", Types).FirstOrDefault(),
            BaseModels = BaseModelsOf(query),
            WithMeta = query.Flag("withMeta"),
            RequiringMeta = query.Flag("requiringMeta"),
            FlatMeta = query.Flag("flatMeta"),
            WithTags = query.Flag("withTags"),
        };
        query.Members("period", Enumerations.Periods);
        if (read.Cursor is null && (long)(read.Page ?? 0) * read.Limit > ListQuery.MostByPage) throw Refused.Error(429, "You've requested too many pages, please use cursors instead");
        return read;
    }

    private static int? Id(QueryReader query, string name) => query.Number(name, 0, int.MaxValue);

    // The number wins over the word.
    private static int LevelsOf(QueryReader query)
    {
        if (query.Number("browsingLevel", 0, 63) is { } mask) return mask;
        return query.Text("nsfw") is not { } text ? Rating.Safe : Rating.Asked(text) ?? throw Refused.Zod("nsfw", "Invalid input");
    }

    private static string[] BaseModelsOf(QueryReader query)
    {
        var names = query.Text("baseModels")?.Split(',') ?? [];
        return names.All(name => Enumerations.ActiveBaseModels.Contains(name) || Enumerations.HiddenBaseModels.Contains(name)) ? names : throw Refused.Zod("baseModels", "Invalid option");
    }

    [GeneratedRegex("^[A-Za-z0-9_]*$")]
    private static partial Regex Plain();
}
