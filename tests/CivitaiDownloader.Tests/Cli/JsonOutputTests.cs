using System.Text.Json;
using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Settings;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>The documents have the properties of docs/formats, no more and no fewer.</summary>
public sealed partial class JsonOutputTests : SandboxFixture
{
    [Fact]
    public async Task Get_prints_what_its_table_says()
    {
        var ran = await Program.RunAsync("get", "4201", "999", "--json");

        Assert.Equal(["files"], Names(ran.Json));
        foreach (var file in ran.Json.GetProperty("files").EnumerateArray()) Assert.Equal(Table("property of a file"), Names(file));
        Assert.Equal(Table("property of an error"), Names(ran.ErrorJson));
        Assert.Equal(Table("property of an error"), Names(ran.Json.GetProperty("files")[1].GetProperty("error")));
        Assert.Single(ran.Error.Trim().Split('\n')); // one line, nothing else on standard error
    }

    [Fact]
    public async Task Search_prints_what_its_table_says()
    {
        var ran = await Program.RunAsync("search", "--min-likes", "1", "--json");

        Assert.Equal(Table("property of a search"), Names(ran.Json));
        Assert.Equal(Table("property of a filter"), Names(ran.Json.GetProperty("filteredHere")[0]));
    }

    [Fact]
    public async Task A_plan_of_a_job_prints_what_its_tables_say()
    {
        var plan = (await Program.RunAsync("job", "create", "4201", "4207", "--dry-run", "--json")).Json.GetProperty("plan");

        Assert.Equal(Table("property of a plan").Order(), Names(plan).Where(name => name != "files").Order());
        Assert.All(plan.GetProperty("problems").EnumerateArray(), problem => Assert.Equal(["kind", "count", "message", "examples"], Names(problem)));
    }

    [Fact]
    public async Task Jobs_print_what_their_tables_say()
    {
        await Program.RunAsync("job", "create", "4201", "4207", "--yes", "--no-watch", "--json");
        var events = (await Program.RunAsync("job", "run", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToLookup(line => line.GetProperty("event").GetString()!);

        var shown = (await Program.RunAsync("job", "show", "last", "--json")).Json;

        Assert.Equal(["job", "errors", "items"], Names(shown));
        Assert.Equal(Table("property of a job"), Names(shown.GetProperty("job")));
        Assert.Equal(Table("property of counts"), Names(shown.GetProperty("job").GetProperty("counts")));
        Assert.Equal(Table("property of a cause"), Names(shown.GetProperty("errors")[0]));
        Assert.All(shown.GetProperty("items").EnumerateArray(), item => Assert.Equal(Table("property of an item"), Names(item)));
        Assert.Equal(Table("event").Order(), events.Select(kind => kind.Key).Order());
        Assert.All(events["progress"], progress => Assert.Equal(Table("property of progress"), Names(progress).Where(name => name is not ("event" or "job"))));
        Assert.All((await Program.RunAsync("job", "list", "--json")).Json.GetProperty("jobs").EnumerateArray(), job => Assert.Equal(Table("property of a job"), Names(job)));
    }

    [Fact]
    public async Task Doctor_prints_what_its_tables_say()
    {
        var json = (await Program.RunAsync("doctor", "--json")).Json;

        Assert.Equal(Table("property of a doctor's report"), Names(json));
        Assert.All(json.GetProperty("checks").EnumerateArray(), check => Assert.Equal(Table("property of a check"), Names(check)));
    }

    [Fact]
    public void Every_setting_stands_in_the_document()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "config.md"));

        Assert.All(KnownSettings.Keys, key => Assert.Contains($"`{key}`", text));
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private static string[] Table(string head)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "json-output.md"));
        var rows = text[text.IndexOf($"| {head} |", StringComparison.Ordinal)..].Split("\n\n")[0].Split('\n').Skip(2);
        return [.. rows.SelectMany(row => Code().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value))];
    }

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Code();
}
