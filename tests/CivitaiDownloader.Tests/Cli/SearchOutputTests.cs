using System.Text.Json;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>The forms that programs read.</summary>
public sealed class SearchOutputTests : SandboxFixture
{
    [Fact]
    public async Task Ids_are_targets_one_a_line_and_nothing_else_on_standard_output()
    {
        var ran = await Program.RunAsync("search", "--creator", "ana_m", "--format", "ids", "--all");

        var lines = ran.Output.TrimEnd('\n').Split('\n');
        Assert.Contains("4201@42010", lines);
        Assert.All(lines, line => Assert.Matches(@"^\d+@\d+$", line));
    }

    [Fact]
    public async Task Ids_name_the_version_where_the_search_narrowed_them()
    {
        var ran = await Program.RunAsync("search", "seasons", "--base-model", "pony", "--format", "ids");

        Assert.Equal("4227@42271\n", ran.Output); // 4227 alone is its Illustrious version
    }

    [Fact]
    public async Task Each_model_is_a_document_on_a_line_of_its_own()
    {
        var ran = await Program.RunAsync("search", "--all", "--nsfw", "--jsonl");

        var lines = ran.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(Sandbox.Catalogue.All.Count(model => model.Mode != "Archived"), lines.Length);
        Assert.All(lines, line => Assert.False(JsonDocument.Parse(line).RootElement.GetProperty("inLibrary").GetBoolean()));
    }

    [Fact]
    public async Task No_result_is_an_empty_document_not_none()
    {
        Assert.Equal(0, (await Program.RunAsync("search", "nothing-has-this-name", "--json")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal("", (await Program.RunAsync("search", "nothing-has-this-name", "--jsonl")).Output);
        Assert.Equal("id,name\r\n", (await Program.RunAsync("search", "nothing-has-this-name", "--format", "csv", "--columns", "id,name")).Output);
    }

    [Fact]
    public async Task Quiet_leaves_the_results()
    {
        var ran = await Program.RunAsync("search", "ink", "--quiet");

        Assert.Contains("4201", ran.Output);
        Assert.Equal("", ran.Error);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x", "'@x")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("a=1", "a=1")]
    public void No_cell_is_a_formula_and_each_reads_back(string cell, string written)
    {
        if (written.Contains('\t', StringComparison.Ordinal)) written = written.Trim('"'); // a tab inside needs no quotes
        Assert.Equal(written + "\r\n", Csv.Row([cell]));
    }

    [Theory]
    [InlineData("search")]
    [InlineData("info model:8")]
    public async Task Half_an_emoji_in_what_was_served_breaks_no_document(string command)
    {
        const string Model = """{"id":8,"name":"cut\ud83d","type":"LORA","description":"\udc00 \ud83d\ude00","modelVersions":[{"id":9,"name":"v\ud83d","files":[{"id":10,"name":"f\ud83d.bin","hashes":{}}]}]}""";
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("/models", StringComparison.Ordinal) ? "{\"items\":[" + Model + "],\"metadata\":{}}" : Model);
        });

        var ran = await new Program(Home, Library, host.Address).RunAsync([.. command.Split(' '), "--json"]);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        var model = command == "search" ? ran.Json.GetProperty("items")[0] : ran.Json;
        Assert.Equal(("cut\uFFFD", "\uFFFD 😀", "f\uFFFD.bin"), (model.GetProperty("name").GetString(), model.GetProperty("description").GetString(), model.GetProperty("modelVersions")[0].GetProperty("files")[0].GetProperty("name").GetString()));
    }
}
