using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>What a caller of <c>/models</c> asked for, checked as the site checks it (civitai-api 3.1).</summary>
internal sealed record ListQuery
{
    /// <summary>Sorts, periods and pages beyond this product must be walked by cursor.</summary>
    public const int MostByPage = 1000;

    public int Limit { get; private init; } = 100;
    public int? Page { get; private init; }
    public string? Cursor { get; private init; }
    public string? Text { get; private init; }
    public string? Tag { get; private init; }
    public string? Creator { get; private init; }
    public IReadOnlyList<string> ModelTypes { get; private init; } = [];
    public IReadOnlyList<string> BaseModels { get; private init; } = [];
    public IReadOnlyList<string> CommercialUses { get; private init; } = [];
    public IReadOnlyList<string> FileFormats { get; private init; } = [];
    public IReadOnlyList<int> Ids { get; private init; } = [];
    public IReadOnlyList<int> VersionIds { get; private init; } = [];
    public string Sort { get; private init; } = "Highest Rated";
    public string Period { get; private init; } = "AllTime";
    public bool AllLevels { get; private init; }

    /// <summary>What the caller's region may see at most; null for everything.</summary>
    public int? RegionLevels { get; init; }

    /// <summary>Bit mask of the levels that may be shown.</summary>
    public int Levels => RegionLevels ?? (AllLevels ? Rating.All : Rating.Safe);
    public bool HidesPrivate { get; private init; }
    public bool Archived { get; private init; }
    public bool EarlyAccess { get; private init; }
    public bool PrimaryFileOnly { get; private init; }
    public bool SupportsGeneration { get; private init; }
    public bool Favorites { get; private init; }
    public bool Hidden { get; private init; }

    /// <summary>False for nobody: the site then ignores it.</summary>
    public bool Followed { get; private init; }
    public bool FromPlatform { get; private init; }
    public string? CheckpointType { get; private init; }
    public string? Availability { get; private init; }

    public static ListQuery Read(QueryReader query, bool signedIn)
    {
        if (!signedIn && (query.Has("favorites") || query.Has("hidden"))) throw Refused.Error(401, "Unauthorized");
        RefuseWhatCannotBeGiven(query);
        var read = new ListQuery
        {
            Limit = query.Number("limit", 0, 100) ?? 100,
            Page = query.Number("page", 1, int.MaxValue),
            Cursor = query.Text("cursor"),
            Text = query.Text("query"),
            Tag = query.Text("tag") ?? query.Text("tagname"),
            Creator = query.Text("username") ?? query.Text("user"),
            ModelTypes = query.Members("types", Enumerations.ModelTypes),
            BaseModels = query.Texts("baseModels"),
            CommercialUses = query.Members("allowCommercialUse", Enumerations.CommercialUses),
            FileFormats = query.Members("fileFormats", Enumerations.Formats),
            Ids = query.Numbers("ids"),
            VersionIds = query.Numbers("modelVersionIds"),
            Sort = query.Members("sort", Enumerations.ModelSorts).FirstOrDefault() ?? "Highest Rated",
            Period = query.Members("period", Enumerations.Periods).FirstOrDefault() ?? "AllTime",
            AllLevels = query.Flag("nsfw"),
            HidesPrivate = !signedIn && !query.Has("ids") && !query.Has("username") && !query.Has("user"),
            Archived = query.Coerced("archived"),
            EarlyAccess = query.Coerced("earlyAccess"),
            SupportsGeneration = query.Coerced("supportsGeneration"),
            PrimaryFileOnly = query.Flag("primaryFileOnly"),
            Favorites = query.Flag("favorites"),
            Hidden = query.Flag("hidden"),
            Followed = query.Coerced("followed") && signedIn,
            FromPlatform = query.Coerced("fromPlatform"),
            CheckpointType = query.Members("checkpointType", Enumerations.CheckpointTypes).FirstOrDefault(),
            Availability = query.Members("availability", Enumerations.Availabilities).FirstOrDefault(),
        };
        if (read is { Text: not null, Page: not null }) throw Refused.Error(400, "Cannot use page param with query search. Use cursor-based pagination.");
        if (read.Cursor is null && (long)(read.Page ?? 0) * read.Limit > MostByPage) throw Refused.Error(429, "You've requested too many pages, please use cursors instead");
        if (read.Creator is null && read.Availability == "Private") throw Refused.Error(401, "Unauthorized");
        return read;
    }

    public bool Admits(SampleModel model) =>
        (Ids.Count == 0 || Ids.Contains(model.Id))
        && (ModelTypes.Count == 0 || ModelTypes.Contains(model.Type))
        && (model.NsfwLevel & ~Levels) == 0
        && (model.Mode != "Archived" || Archived || Ids.Count > 0);

    /// <summary>What a text search applies only after the page was cut, so that pages may come empty.</summary>
    public bool AdmitsLater(SampleModel model, SampleCatalogue catalogue, DateTimeOffset now) =>
        (Tag is null || !catalogue.HasTag(Tag) || model.Tags.Contains(Tag)) // an unknown tag filters nothing
        && (Creator is null || Slug(model.Creator) == Slug(Creator))
        && Versions(model).Any()
        && (!EarlyAccess || model.Versions[0].IsGated(now))
        && (CommercialUses.Count == 0 || CommercialUses.Any(use => CommercialUseText.Grants(model.CommercialUse).Contains(use)))
        && (FileFormats.Count == 0 || Versions(model).Any(version => version.Files.Any(file => FileFormats.Contains(file.Format))))
        && (!Favorites || model.IsFavorite)
        && (!Hidden || model.IsHidden)
        && (!Followed || model.IsFollowed)
        && (!FromPlatform || model.IsFromPlatform)
        && (!SupportsGeneration || model.SupportsGeneration)
        && (CheckpointType is null || model.CheckpointType is null || model.CheckpointType == CheckpointType) // what is no checkpoint passes
        && (Availability is null || model.Availability == Availability)
        && model.PublishedAt >= Since(now);

    /// <summary>Some filters narrow the versions that are shown as well.</summary>
    public IEnumerable<SampleVersion> Versions(SampleModel model) => model.Versions.Where(version =>
        (version.Availability == "Public" || !HidesPrivate)
        && (BaseModels.Count == 0 || BaseModels.Contains(version.BaseModel)) && (VersionIds.Count == 0 || VersionIds.Contains(version.Id)));

    public static string? Slug(string? name)
    {
        if (name is null) return null;
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        var joined = space < 0 ? name : name[..space] + '_' + name[(space + 1)..]; // the first space only
        return new string([.. joined.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_')]).ToLowerInvariant();
    }

    // Declared with types that a query string never has: the site refuses every value.
    private static void RefuseWhatCannotBeGiven(QueryReader query)
    {
        foreach (var name in (string[])["allowNoCredit", "allowDerivatives", "allowDifferentLicense", "pending", "disablePoi"]) query.Never(name, "boolean");
        foreach (var name in (string[])["browsingLevel", "collectionId", "collectionTagId"]) query.Never(name, "number");
        if (query.Texts("fileFormats").Length == 1) query.Never("fileFormats", "array");
        query.Members("periodMode", Enumerations.PeriodModes);
    }

    private DateTimeOffset Since(DateTimeOffset now) => Period switch
    {
        "Day" => now.AddDays(-1), "Week" => now.AddDays(-7), "Month" => now.AddDays(-30), "Year" => now.AddDays(-365), _ => DateTimeOffset.MinValue,
    };
}
