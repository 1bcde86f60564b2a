using System.Globalization;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Search;

/// <summary>A model and what its row is made with.</summary>
internal sealed record SearchRow(Model Model, LibraryView Library, Uri Endpoint)
{
    public ModelVersion? First => Model.Versions is [var first, ..] ? first : null;

    public ModelFile? File => First?.Files.FirstOrDefault(file => file.IsPrimary) ?? (First?.Files is [var file, ..] ? file : null);
}

/// <summary>One column that results can be shown with.</summary>
/// <param name="Width">Cells it likes to have; <see cref="Least"/> is what it can do with.</param>
/// <param name="Value">For programs: bare numbers, ISO dates. Empty where it is not known.</param>
internal sealed record SearchColumn(string Name, int Width, Func<SearchRow, string> Value)
{
    private static readonly SearchColumn Id = new("id", 8, row => row.Model.Id.ToString()) { IsRight = true, Least = 8 };
    private static readonly SearchColumn ModelName = new("name", 60, row => row.Model.Name) { Least = 12 };
    private static readonly SearchColumn Type = new("type", 16, row => row.Model.Type) { NameLeft = 16 };
    private static readonly SearchColumn Base = new("base", 14, row => row.First?.BaseModel ?? "") { NameLeft = 16 };
    private static readonly SearchColumn Creator = new("creator", 18, row => row.Model.Creator ?? "") { NameLeft = 16 };
    private static readonly SearchColumn Downloads = new("downloads", 10, row => Bare(row.Model.Stats.Downloads)) { IsRight = true, Shown = row => Grouped(row.Model.Stats.Downloads), NameLeft = 16 };
    private static readonly SearchColumn Likes = new("likes", 8, row => Bare(row.Model.Stats.ThumbsUp)) { IsRight = true, Shown = row => Grouped(row.Model.Stats.ThumbsUp), NameLeft = 44 };
    private static readonly SearchColumn Ratio = new("ratio", 5, row => row.Model.Stats.LikeRatio?.ToString("0.###", CultureInfo.InvariantCulture) ?? "") { IsRight = true, Least = 5 };
    private static readonly SearchColumn Rating = new("rating", 8, row => RatingText.Format(row.Model.NsfwLevel)) { NameLeft = 44 };
    private static readonly SearchColumn Published = new("published", 10, row => row.Model.NewestAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "") { Least = 10, NameLeft = 44 };
    private static readonly SearchColumn Version = new("version", 8, row => row.First?.Id.ToString() ?? "") { IsRight = true, Least = 8 };
    private static readonly SearchColumn Versions = new("versions", 8, row => Bare(row.Model.Versions.Count)) { IsRight = true };
    private static readonly SearchColumn Size = new("size", 9, row => Bare(row.File?.EstimatedBytes)) { IsRight = true, Shown = row => row.File?.EstimatedBytes is { } bytes ? ByteSize.Format(bytes) : "", Least = 8 };
    private static readonly SearchColumn Format = new("format", 12, row => row.File?.Format ?? "");
    private static readonly SearchColumn Tags = new("tags", 32, row => string.Join(", ", row.Model.Tags));
    private static readonly SearchColumn Have = new("have", 4, row => row.Library.HasAnyOf(row.Model) ? "yes" : "no") { Shown = row => row.Library.HasAnyOf(row.Model) ? "yes" : "", Least = 4 };
    private static readonly SearchColumn Url = new("url", 36, row => new Uri(row.Endpoint, $"models/{row.Model.Id}").AbsoluteUri) { Least = 28 };

    public static IReadOnlyList<SearchColumn> All { get; } = [Id, ModelName, Type, Base, Creator, Downloads, Likes, Ratio, Rating, Published, Version, Versions, Size, Format, Tags, Have, Url];

    /// <summary>As many of these as fit, in this order.</summary>
    public static IReadOnlyList<SearchColumn> Defaults { get; } = [Id, ModelName, Type, Base, Creator, Downloads, Likes, Rating, Published, Have];

    /// <summary>What a wide enough terminal gets besides number, name and <c>have</c>, the most wanted first.</summary>
    public static IReadOnlyList<SearchColumn> ByNeed { get; } = [Type, Downloads, Base, Creator, Published, Rating, Likes];

    public string Title => Name.ToUpperInvariant();

    public bool IsRight { get; init; }

    public int Least { get; init; } = 6;

    /// <summary>Cells the name must keep for this column to be shown unasked.</summary>
    public int NameLeft { get; init; }

    /// <summary>For people, where it differs from <see cref="Value"/>.</summary>
    public Func<SearchRow, string>? Shown { get; init; }

    public bool IsName => this == ModelName;

    public string Cell(SearchRow row) => DisplayText.Harmless((Shown ?? Value)(row)) is { Length: > 0 } text ? text : this == Have ? "" : "-";

    private static string Bare(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Grouped(long? number) => number is { } known ? Quantity.Number(known) : "";
}
