using System.Text.Json;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class SearchTests : SandboxFixture
{
    private protected override int Models => 260; // more than two pages

    [Theory]
    [InlineData("--all")]
    [InlineData("--all", "--sort", "newest")]
    [InlineData("--all", "--sort", "oldest")]
    [InlineData("--all", "--sort", "most-downloaded")]
    public async Task Every_model_is_found_once(params string[] options)
    {
        var ran = await Program.RunAsync(["search", "--nsfw", "--json", .. options]);

        var ids = ran.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()).ToArray();
        Assert.Equal(Sandbox.Catalogue.All.Where(model => model.Mode != "Archived").Select(model => model.Id).Order(), ids.Order());
        Assert.True(ran.Json.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Filters_reach_the_site()
    {
        var ran = await Program.RunAsync("search", "landscapes", "--type", "lora", "--base-model", "SDXL 1.0", "--creator", "ana_m", "--tag", "ink", "--json", "--limit", "5");

        Assert.Equal([4201], ran.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task Empty_pages_with_a_cursor_are_not_the_end()
    {
        // A text search filters by creator after the page was cut: with pages of five, several come empty.
        var expected = Sandbox.Catalogue.All.Count(model => model.Creator == "borealis" && model.Name.Contains('a', StringComparison.OrdinalIgnoreCase) && (model.NsfwLevel & ~1) == 0);
        var ran = await Program.RunAsync("search", "a", "--creator", "borealis", "--limit", "5", "--json");

        Assert.Equal(Math.Min(5, expected), ran.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_was_served_is_re_emitted_with_what_the_library_has()
    {
        await Program.RunAsync("get", "4201");
        var item = (await Program.RunAsync("search", "ink", "--json", "--no-cache")).Json.GetProperty("items")[0];
        var info = (await Program.RunAsync("info", "4201", "--json")).Json;

        Assert.True(item.GetProperty("inLibrary").GetBoolean());
        Assert.True(info.GetProperty("modelVersions")[0].GetProperty("files")[0].GetProperty("inLibrary").GetBoolean());
        foreach (var name in new[] { "id", "name", "description", "type", "nsfwLevel", "stats", "creator", "tags", "modelVersions", "allowCommercialUse" })
            Assert.True(item.TryGetProperty(name, out _), name);
    }

    [Fact]
    public async Task A_search_cut_short_is_still_a_document_and_says_so()
    {
        Program.Variables["CIVITAI_DL_HTTP__MAXATTEMPTS"] = "1";
        Sandbox.Faults.Add(FaultText.Parse("status@api=500"));

        var ran = await Program.RunAsync("search", "--json");

        Assert.Equal(6, ran.ExitCode);
        Assert.False(ran.Json.GetProperty("complete").GetBoolean());
        Assert.Equal("server-failing", ran.ErrorJson.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Rows_align_in_cells_whatever_the_script()
    {
        var ran = await Program.RunAsync("search", "--all", "--nsfw");

        var lines = ran.Output.TrimEnd('\n').Split('\n');
        var column = DisplayText.Width(lines[0][..lines[0].IndexOf("TYPE", StringComparison.Ordinal)]);
        Assert.All(lines.Skip(1), line => Assert.True(StartsAt(line, column), line));
        Assert.All(lines, line => Assert.InRange(DisplayText.Width(line), 1, 120));
    }

    [Fact]
    public async Task The_first_rows_show_before_the_last_page_is_asked_for()
    {
        await using var sandbox = await CivitaiDownloader.Sandbox.SandboxHost.StartAsync(new() { Models = 500 }, TestContext.Current.CancellationToken);
        var program = new Program(Home, Library, sandbox.Api);
        sandbox.Faults.Add(new(FaultKind.Delay) { Site = SandboxSite.Api, Amount = 0, Times = 1 });
        sandbox.Faults.Add(new(FaultKind.Delay) { Site = SandboxSite.Api, Amount = 3_600_000 }); // every page after the first takes an hour

        using var process = program.Start("search", "--all", "--nsfw");
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var row = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        process.Kill();

        Assert.NotNull(row);
    }

    [Fact]
    public async Task A_second_search_comes_from_the_cache_and_no_cache_asks_again()
    {
        await Program.RunAsync("search", "ink");
        var asked = Sandbox.Ledger.Requests.Count;
        await Program.RunAsync("search", "ink");
        var cached = Sandbox.Ledger.Requests.Count;
        await Program.RunAsync("search", "ink", "--no-cache");

        Assert.Equal(asked, cached);
        Assert.Equal(asked + 1, Sandbox.Ledger.Requests.Count);
    }

    [Fact]
    public async Task Info_shows_what_a_person_wants_to_know()
    {
        await Program.RunAsync("get", "4202");
        var ran = await Program.RunAsync("info", "4202");
        var closed = await Program.RunAsync("info", "4207");

        foreach (var words in new[] { "Northern Light XL", "borealis", "SDXL 1.0", "yes      sell images made with it", "420201", "fp32", "sha256 ", "in the library: " }) Assert.Contains(words, ran.Output);
        Assert.Contains("early access until 20", closed.Output);
    }

    // Wide characters may straddle nothing: a cell boundary is at the column, and text begins there.
    private static bool StartsAt(string line, int column)
    {
        var width = 0;
        var elements = System.Globalization.StringInfo.GetTextElementEnumerator(line);
        while (elements.MoveNext())
        {
            if (width == column) return elements.GetTextElement() != " ";
            width += DisplayText.Width(elements.GetTextElement());
        }

        return false;
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Rows_fit_the_terminal(int columns)
    {
        var ran = await Terminal.RunAsync(Program, columns, "search", "--all", "--nsfw", "--no-color");

        var rows = ran.Output.Split('\n').Where(line => line.TrimStart() is { Length: > 0 } row && char.IsAsciiDigit(row[0]) && !row.Contains(" models", StringComparison.Ordinal)).ToArray();
        Assert.True(rows.Length > 200, ran.Output);
        Assert.All(rows, row => Assert.InRange(DisplayText.Width(row), 1, columns));
    }
}
