using System.Globalization;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>What a caller of <c>/models</c> asked for, checked as the site checks it (civitai-api 3.1).</summary>
internal sealed record ListQuery
{
    private static readonly string[] Types =
    [
        "Checkpoint", "TextualInversion", "Hypernetwork", "AestheticGradient", "LORA", "LoCon", "DoRA", "Controlnet", "Upscaler", "MotionModule", "VAE", "TextEncoder", "UNet", "CLIPVision",
        "Poses", "Wildcards", "Workflows", "ComfyWorkflows", "Detection", "VisionLanguage", "CLIP", "LLM", "Other",
    ];

    private static readonly string[] Sorts =
        ["Highest Rated", "Most Downloaded", "Most Liked", "Most Discussed", "Most Collected", "Most Images", "Newest", "Oldest"];

    private static readonly string[] Periods = ["Day", "Week", "Month", "Year", "AllTime"];

    public int Limit { get; private init; } = 100;
    public int? Page { get; private init; }
    public string? Cursor { get; private init; }
    public string? Text { get; private init; }
    public string? Tag { get; private init; }
    public string? Creator { get; private init; }
    public IReadOnlyList<string> ModelTypes { get; private init; } = [];
    public IReadOnlyList<string> BaseModels { get; private init; } = [];
    public IReadOnlyList<int> Ids { get; private init; } = [];
    public string Sort { get; private init; } = "Highest Rated";
    public string Period { get; private init; } = "AllTime";
    public bool AllLevels { get; private init; }
    public bool Archived { get; private init; }

    public static ListQuery Read(IQueryCollection query, bool signedIn)
    {
        if (!signedIn && (query.ContainsKey("favorites") || query.ContainsKey("hidden"))) throw new Refused(401, """{"error":"Unauthorized"}""");
        var read = new ListQuery
        {
            Limit = Number(query, "limit", 0, 100) ?? 100,
            Page = Number(query, "page", 1, int.MaxValue),
            Cursor = Text1(query, "cursor"),
            Text = Text1(query, "query"),
            Tag = Text1(query, "tag") ?? Text1(query, "tagname"),
            Creator = Text1(query, "username") ?? Text1(query, "user"),
            ModelTypes = Members(query, "types", Types),
            BaseModels = [.. query["baseModels"].OfType<string>()],
            Ids = [.. query["ids"].OfType<string>().SelectMany(text => text.Split(',')).Select(text => int.TryParse(text, out var id) ? id : throw Refused.Zod("ids", "Invalid input: expected number"))],
            Sort = Members(query, "sort", Sorts).FirstOrDefault() ?? "Highest Rated",
            Period = Members(query, "period", Periods).FirstOrDefault() ?? "AllTime",
            AllLevels = Flag(query, "nsfw"),
            Archived = !string.IsNullOrEmpty(Text1(query, "archived")),
        };
        if (read is { Text: not null, Page: not null }) throw new Refused(400, """{"error":"Cannot use page param with query search. Use cursor-based pagination."}""");
        if (read.Cursor is null && read.Page is { } page && (long)page * read.Limit > 1000)
            throw new Refused(429, """{"error":"You've requested too many pages, please use cursors instead"}""");
        return read;
    }

    public bool Admits(SampleModel model) =>
        (Ids.Count == 0 || Ids.Contains(model.Id))
        && (ModelTypes.Count == 0 || ModelTypes.Contains(model.Type))
        && (AllLevels || (model.NsfwLevel & ~1) == 0)
        && (model.Mode != "Archived" || Archived || Ids.Count > 0);

    /// <summary>What a text search applies only after the page was cut, so that pages may come empty.</summary>
    public bool AdmitsLater(SampleModel model, SampleCatalogue catalogue, DateTimeOffset now) =>
        (Tag is null || !catalogue.All.Any(any => any.Tags.Contains(Tag)) || model.Tags.Contains(Tag)) // an unknown tag filters nothing
        && (Creator is null || Slug(model.Creator) == Slug(Creator))
        && (BaseModels.Count == 0 || model.Versions.Any(version => BaseModels.Contains(version.BaseModel)))
        && model.PublishedAt >= Since(now);

    public static string? Slug(string? name) => name is null ? null : new string([.. name.Replace(' ', '_').Where(c => char.IsAsciiLetterOrDigit(c) || c == '_')]).ToLowerInvariant();

    private DateTimeOffset Since(DateTimeOffset now) => Period switch
    {
        "Day" => now.AddDays(-1), "Week" => now.AddDays(-7), "Month" => now.AddDays(-30), "Year" => now.AddDays(-365), _ => DateTimeOffset.MinValue,
    };

    private static string? Text1(IQueryCollection query, string name) => string.IsNullOrEmpty(query[name]) ? null : query[name][0];

    private static int? Number(IQueryCollection query, string name, int least, int most)
    {
        if (Text1(query, name) is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw Refused.Zod(name, "Invalid input: expected number, received NaN");
        if (number < least) throw Refused.Zod(name, $"Too small: expected number to be >={least}");
        return number > most ? throw Refused.Zod(name, $"Too big: expected number to be <={most}") : number;
    }

    private static string[] Members(IQueryCollection query, string name, string[] known)
    {
        var values = query[name].OfType<string>().ToArray();
        return values.All(known.Contains) ? values : throw Refused.Zod(name, "Invalid option: expected one of " + string.Join("|", known.Select(member => $"\\\"{member}\\\"")));
    }

    private static bool Flag(IQueryCollection query, string name) => Text1(query, name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" or "no" or "off" => false,
        "true" or "1" or "yes" or "on" => true,
        _ => throw Refused.Zod(name, "Invalid input"),
    };
}

/// <summary>An answer that is an error, with its body as the site writes it.</summary>
internal sealed class Refused(int status, string json) : Exception
{
    public int Status { get; } = status;

    public string Json { get; } = json;

    /// <summary>The form of a failed check on <c>/models</c>: the error is an object whose message is JSON text.</summary>
    public static Refused Zod(string path, string what)
    {
        var issue = $$"""[{"code":"invalid_value","path":["{{path}}"],"message":"{{what}}"}]""";
        return new(400, $$$"""{"error":{"name":"ZodError","message":"{{{System.Text.Json.JsonEncodedText.Encode(issue)}}}"}}""");
    }
}
