using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>What a person sees of a search, at the widths people have, with names in many scripts and names that mean harm.</summary>
public sealed class SearchSnapshotTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LocalHost _host = null!;
    private Program _program = null!;
    private TimeSpan _answerAfter;

    public async ValueTask InitializeAsync()
    {
        _host = await LocalHost.StartAsync(async context =>
        {
            await Task.Delay(_answerAfter, TimeProvider.System, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Page);
        });
        _program = new(_folder["home"], _folder["library"], _host.Address);
        _program.Variables["TERM"] = "dumb"; // no colour, and no line of progress that comes and goes with the load of the machine
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task A_table_on_a_terminal(int columns)
    {
        var ran = await Terminal.RunAsync(_program, columns, "search", "--nsfw");

        Snapshot.Check($"search-{columns}", ran.Output);
        Assert.DoesNotContain('\u001b', ran.Output);
        Assert.All(Rows(ran.Output), row => Assert.InRange(DisplayText.Width(row), 1, columns));
    }

    [Theory]
    [InlineData("piped", "")]
    [InlineData("columns", "--columns name,have,size,rating,id")]
    [InlineData("csv", "--format csv --columns id,name,creator,size,published,tags")]
    [InlineData("simple", "--format simple")]
    [InlineData("ids", "--format ids")]
    public async Task The_other_forms_when_piped(string name, string options)
    {
        var ran = await _program.RunAsync(["search", "--nsfw", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Snapshot.Check($"search-{name}", ran.Output + "--- standard error\n" + ran.Error);
    }

    [Fact]
    public async Task Chosen_columns_on_a_narrow_terminal_shrink_and_fall_off_at_the_right()
    {
        var ran = await Terminal.RunAsync(_program, 40, "search", "--nsfw", "--columns", "id,name,base,published,url");

        Snapshot.Check("search-columns-40", ran.Output);
        Assert.All(Rows(ran.Output), row => Assert.InRange(DisplayText.Width(row), 1, 40));
    }

    [Fact]
    public async Task Filters_that_were_applied_here_are_told()
    {
        var ran = await _program.RunAsync("search", "--min-downloads", "1000", "--rating", "pg-r", "--sort", "most-liked", "--period", "AllTime");

        Snapshot.Check("search-filtered", ran.Output + "--- standard error\n" + ran.Error);
    }

    [Fact]
    public async Task A_long_scan_shows_how_far_it_is_and_wipes_that_away_before_the_first_row()
    {
        _answerAfter = TimeSpan.FromSeconds(2);
        _program.Variables["TERM"] = "xterm";

        var ran = await Terminal.RunAsync(_program, 80, "search", "--min-downloads", "1000", "--no-color");

        Assert.Matches("\r  looked at 0, 0 fit …\r +\r *ID  NAME", ran.Output);
    }

    // Everything but the lines about the table.
    private static IEnumerable<string> Rows(string output) => output.Split('\n').Where(line => line.Length > 0 && (line.TrimStart().StartsWith("ID", StringComparison.Ordinal) || (char.IsAsciiDigit(line.TrimStart()[0]) && !line.Contains("Details", StringComparison.Ordinal))));

    private const string Page = """
        {"items":[
        {"id":4201,"name":"Ink Wash Landscapes","type":"LORA","nsfwLevel":1,"creator":{"username":"ana_m"},"tags":["style","ink"],"stats":{"downloadCount":15402,"thumbsUpCount":2210,"thumbsDownCount":12},
         "modelVersions":[{"id":42010,"name":"v1.0","baseModel":"SDXL 1.0","publishedAt":"2026-03-14T09:26:53.000Z","files":[{"id":420100,"name":"inkwash.safetensors","type":"Model","sizeKB":223456.5,"primary":true,"metadata":{"format":"SafeTensor"}}]}]},
        {"id":1234567,"name":"水彩の風景と桜 — 日本語のとても長い名前のモデルがここに入ります、終わりまで見えるでしょうか","type":"Checkpoint","nsfwLevel":7,"creator":{"username":"夜明け"},"tags":["風景"],"stats":{"downloadCount":1234567,"thumbsUpCount":98765},
         "modelVersions":[{"id":2,"name":"最終版","baseModel":"Illustrious","publishedAt":"2025-12-31T23:59:59.999Z","files":[{"id":3,"name":"a.safetensors","type":"Model","sizeKB":6775430.0,"primary":true,"metadata":{"format":"SafeTensor"}}]}]},
        {"id":5,"name":"🦊 Foxes 👩‍👩‍👧‍👦 and 🇯🇵 flags","type":"TextualInversion","nsfwLevel":5,"creator":{"username":"🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊"},"tags":[],"stats":{"downloadCount":null},"modelVersions":[{"id":6,"name":"v","baseModel":"Wan Video 14B i2v 480p"}]},
        {"id":6,"name":"\u001b[31mred\u001b[0m \u202Eevil\u202C\r\nsecond line\u0007","type":"LORA","nsfwLevel":31,"creator":{"username":"\u200B\u2066bidi"},"tags":["a,b","\"quoted\""],"stats":{"downloadCount":7,"thumbsUpCount":0},"modelVersions":[]},
        {"id":7,"name":"=HYPERLINK(\"http://evil\",\"click\")","type":"HoloProjector","creator":null,"tags":["+1","@x"],"stats":{},"modelVersions":[{"id":8,"name":"v","baseModel":null,"files":[{"id":9,"name":"x","sizeKB":null}]}]},
        {"id":8,"name":"캐릭터 네온 é́ غروب שלום cut\ud83d","type":"DoRA","nsfwLevel":0,"creator":{"username":"-dash"},"tags":[],"stats":{"downloadCount":12,"thumbsUpCount":1},"modelVersions":[{"id":10,"name":"v","baseModel":"Pony","publishedAt":"2024-02-29T00:00:00Z"}]}
        ],"metadata":{}}
        """;
}
