using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Primitives;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog.Searching;

/// <summary>What each filter that the API does not have lets through.</summary>
public sealed class ClientFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ContentRatings.Pg13, 3, null, true)]
    [InlineData(ContentRatings.R | ContentRatings.X, 3, null, false)]
    [InlineData(ContentRatings.R, 31, null, true)]
    [InlineData(ContentRatings.R, 0, null, false)]
    [InlineData(ContentRatings.R, null, true, true)] // a record of 2023
    [InlineData(ContentRatings.R, null, false, false)]
    [InlineData(ContentRatings.Pg13, 32, null, false)]
    public void Rating(ContentRatings asked, int? level, bool? nsfw, bool fits) =>
        Assert.Equal(fits, Fits(new() { Ratings = asked }, Model() with { NsfwLevel = level, Nsfw = nsfw }));

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(1, null, false)]
    [InlineData(null, 0, false)]
    [InlineData(null, 1, true)]
    [InlineData(-5, 5, true)]
    public void Published_means_the_newest_version_whatever_stands_first(int? after, int? before, bool fits)
    {
        var model = Model() with { Versions = [Version() with { PublishedAt = Now.AddDays(-90) }, Version() with { PublishedAt = Now }, Version() with { PublishedAt = null }] };

        Assert.Equal(fits, Fits(new() { PublishedAfter = Day(after), PublishedBefore = Day(before) }, model));
    }

    [Fact]
    public void Published_never_holds_for_a_model_without_a_date() => Assert.False(Fits(new() { PublishedAfter = DateTimeOffset.MinValue }, Model()));

    [Theory]
    [InlineData(100L, 90L, 10L, true)]
    [InlineData(99L, 90L, 10L, false)]
    [InlineData(201L, 90L, 10L, false)]
    [InlineData(null, 90L, 10L, false)]
    [InlineData(100L, 49L, 0L, false)]
    [InlineData(100L, 90L, 11L, false)]
    [InlineData(100L, 90L, null, false)]
    public void Counts(long? downloads, long? up, long? down, bool fits) => Assert.Equal(fits, Fits(
        new() { MinDownloads = 100, MaxDownloads = 200, MinLikes = 50, MinLikeRatio = 0.9 }, Model() with { Stats = new() { Downloads = downloads, ThumbsUp = up, ThumbsDown = down } }));

    [Theory]
    [InlineData("Sell,Image", "Image,Sell,Rent", true)]
    [InlineData("Sell,Image", "Sell", false)]
    [InlineData("None", "", true)]
    [InlineData("None", "Image", false)]
    public void Commercial_uses_must_all_be_granted(string asked, string granted, bool fits) =>
        Assert.Equal(fits, Fits(new() { CommercialUse = List(asked) }, Model() with { License = new() { CommercialUse = List(granted) } }));

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(null, false)] // not said is not allowed
    public void Each_permission_must_be_given(bool? given, bool fits)
    {
        Assert.Equal(fits, Fits(new() { AllowDerivatives = true }, Model() with { License = new() { AllowDerivatives = given } }));
        Assert.Equal(fits, Fits(new() { AllowNoCredit = true }, Model() with { License = new() { AllowNoCredit = given } }));
        Assert.Equal(fits, Fits(new() { AllowDifferentLicense = true }, Model() with { License = new() { AllowDifferentLicense = given } }));
    }

    [Theory]
    [InlineData("GGUF", null, true)]
    [InlineData("SafeTensor", null, true)] // by its name: nothing says its format
    [InlineData("ONNX", null, false)]
    [InlineData("GGUF", 4096L, true)]
    [InlineData("SafeTensor", 4096L, false)] // the small one is of another format
    [InlineData(null, 1024L, false)] // the settings beside it are small
    [InlineData(null, 4096L, true)]
    public void One_main_file_must_have_both_format_and_size(string? format, long? most, bool fits)
    {
        var model = Model() with
        {
            Versions = [Version() with { Files = [File("big.safetensors", null, 100), File("small.gguf", "GGUF", 4), File("x.yaml", "Other", 1) with { Type = "Config" }, File("unknown.gguf", "GGUF", null)] }],
        };

        Assert.Equal(fits, Fits(new() { FileFormats = format is null ? [] : [format], MaxFileBytes = most }, model));
    }

    [Theory]
    [InlineData(Inclusion.Include, 1, true)]
    [InlineData(Inclusion.Exclude, 1, false)]
    [InlineData(Inclusion.Exclude, -1, true)]
    [InlineData(Inclusion.Exclude, null, true)]
    [InlineData(Inclusion.Only, 1, true)]
    [InlineData(Inclusion.Only, -1, false)]
    [InlineData(Inclusion.Only, null, false)]
    public void Early_access_is_that_of_the_version_a_download_takes(Inclusion choice, int? endsInDays, bool fits)
    {
        var first = Version() with { EarlyAccess = endsInDays is { } days ? new(Permanent: false, Now.AddDays(days)) : null };

        Assert.Equal(fits, Fits(new() { EarlyAccess = choice, AsOf = Now }, Model() with { Versions = [first, Version() with { EarlyAccess = new(Permanent: true, null) }] }));
    }

    [Fact]
    public void What_a_filter_left_out_is_counted_for_the_first_that_did()
    {
        var tally = new FilterTally(ClientFilters.For(new() { MinDownloads = 5, MinLikes = 5, FileFormats = ["GGUF"] }, new(null, ["style"])));

        Assert.False(tally.Admits(Model()));
        Assert.False(tally.Admits(Model() with { Tags = ["STYLE"], Stats = new() { Downloads = 1 } }));

        Assert.Equal([new("tag", 1), new("min-downloads", 1), new("min-likes", 0)], tally.Read()); // formats are Civitai's own affair until it fails
    }

    [Theory]
    [InlineData("Newest", null, -40, true)]
    [InlineData("Newest", null, -20, false)]
    [InlineData("Oldest", null, -40, false)]
    [InlineData("Newest", "words", -40, false)]
    [InlineData(null, null, -40, false)]
    public void A_list_sorted_by_date_ends_where_the_dates_do(string? sort, string? text, int days, bool isPassed)
    {
        var page = new[] { Model() with { Versions = [Version() with { PublishedAt = Now.AddDays(days) }] }, Model() };

        Assert.Equal(isPassed, SearchHorizon.Of(new() { Sort = sort, Text = text, PublishedAfter = Now.AddDays(-30) })?.IsPassedBy(page) ?? false);
    }

    [Theory]
    [InlineData("Most Downloaded", null, true)]
    [InlineData("Most Downloaded", "Month", false)] // then the order may be by the downloads of the month
    [InlineData("Most Liked", null, false)]
    public void A_list_sorted_by_downloads_ends_where_there_are_too_few(string sort, string? period, bool isPassed) => Assert.Equal(
        isPassed, SearchHorizon.Of(new() { Sort = sort, Period = period, MinDownloads = 10 })?.IsPassedBy([Model() with { Stats = new() { Downloads = 9 } }, Model()]) ?? false);

    private static bool Fits(SearchQuery query, Model model) => new FilterTally(ClientFilters.For(query, TagPlan.Empty)).Admits(model);

    private static DateTimeOffset? Day(int? days) => days is { } number ? Now.AddDays(number) : null;

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static Model Model() => new() { Id = new(1), Name = "m", Type = "LORA" };

    private static ModelVersion Version() => new() { Id = new(1), Name = "v" };

    private static ModelFile File(string name, string? format, double? kib) => new() { Id = new FileId(1), Name = name, Type = "Model", Format = format, SizeKB = kib };
}
