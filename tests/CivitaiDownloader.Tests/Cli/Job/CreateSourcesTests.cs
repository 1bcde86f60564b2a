using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>Where a job's files come from.</summary>
public sealed class CreateSourcesTests : CreateFixture
{
    [Fact]
    public async Task Targets_in_their_order_each_as_get_takes_them()
    {
        var plan = await PlanAsync("4203", "version:42020", "4202@42020+420204", $"http://{Sandbox.Api.Authority}/models/4201?token=SECRET");

        Assert.Equal([4203, 4202, 4202, 4201], ModelIds(plan));
        Assert.Equal("northernLightXL_vae.safetensors", Names(plan)[2]);
        Assert.DoesNotContain("SECRET", plan.GetRawText());
    }

    [Fact]
    public async Task A_search_with_filters_has_what_the_search_command_finds()
    {
        var found = await Program.RunAsync("search", "style", "--type", "LORA", "--nsfw", "--all", "--format", "ids");
        string[] ids = found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var plan = await PlanAsync("--search", "style", "--type", "LORA", "--nsfw");

        Assert.NotEmpty(ids);
        Assert.Empty(ModelIds(plan).Except(ids.Select(id => long.Parse(id.Split('@')[0], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(ids.Length, ModelIds(plan).Length + Problems(plan, "downloads-disabled").Length + LeftOut(plan).Sum(rule => rule.Count));
    }

    [Fact]
    public async Task Filters_alone_are_a_search_without_words()
    {
        var plan = await PlanAsync("--type", "LLM", "--creator", "ana_m");

        Assert.Contains(SampleIds.Gguf, ModelIds(plan));
        Assert.All(plan.GetProperty("files").EnumerateArray(), file => Assert.Null(file.GetProperty("target").GetString()));
    }

    [Fact]
    public async Task A_limit_is_one_of_models()
    {
        var plan = await PlanAsync("--tag", "style", "--nsfw", "--limit", "2");

        Assert.Equal(2, ModelIds(plan).Length);
    }

    [Fact]
    public async Task Text_with_comments()
    {
        var plan = await PlanAsync("--from", Write("list.txt", "# mine\n4201\n\n4203   # a writer\n"));

        Assert.Equal([4201, 4203], ModelIds(plan));
    }

    [Fact]
    public async Task What_a_search_and_info_and_get_print()
    {
        var search = await Program.RunAsync("search", "Ink", "--json");
        var info = await Program.RunAsync("info", "4203", "--json");
        var get = await Program.RunAsync("get", "4202@42020+420204", "--dry-run", "--json");

        var plan = await PlanAsync("--from", Write("search.json", search.Output), "--from", Write("info.json", info.Output), "--from", Write("get.json", get.Output));

        Assert.Contains(4201, ModelIds(plan));
        Assert.Equal([4203, 4202], ModelIds(plan)[^2..]);
        Assert.Equal("northernLightXL_vae.safetensors", Names(plan)[^1]);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task What_a_report_of_a_job_prints_makes_the_same_job_again(string format)
    {
        var made = await CreateAsync("4202@42020+420204", "4203", "--name", "first");
        var report = await Program.RunAsync("job", "report", "first", "--format", format);

        var plan = await PlanAsync("--from", Write("report." + format, report.Output));

        Assert.Equal(0, made.ExitCode);
        Assert.Equal([420204, 420300], plan.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("fileId").GetInt64()));
    }

    [Theory]
    [InlineData("id,name\n4201,Ink\n4203,Writer\n")]
    [InlineData("name,url\nInk,https://civitai.com/models/4201\nWriter,https://civitai.com/models/4203\n")]
    [InlineData("file,modelId,versionId\na.safetensors,4201,42010\nb,4203,42030\n")]
    public async Task A_table_with_a_header(string table)
    {
        Assert.Equal((long[])[4201, 4203], ModelIds(await PlanAsync("--from", Write("list.csv", table))));
    }

    [Fact]
    public async Task Standard_input()
    {
        Program.Input = "4201\n4203\n";

        Assert.Equal((long[])[4201, 4203], ModelIds(await PlanAsync("--from", "-")));
        Assert.Equal((long[])[4202, 4201, 4203], ModelIds(await PlanAsync("-", "4202")));
    }

    [Fact]
    public async Task Sources_combine_in_order_and_the_same_content_is_there_once()
    {
        var plan = await PlanAsync("4203", "4201", "--from", Write("list.txt", "4202\n4201@42010\nmodel:4203\n"), "--creator", "ana_m", "--type", "LLM");

        Assert.Equal([4203, 4201, 4202], ModelIds(plan)[..3]);
        Assert.Equal(Names(plan).Distinct().Count(), Names(plan).Length);
        Assert.Equal(3, plan.GetProperty("duplicates").GetInt32());
    }

    [Fact]
    public async Task Two_models_with_one_content_are_one_file()
    {
        var plan = await PlanAsync("model:4291", "4291@4290"); // a second version with the first one's file

        Assert.Single(Names(plan));
        Assert.Equal(1, plan.GetProperty("duplicates").GetInt32());
    }

    [Fact]
    public async Task Every_version_or_the_last_one()
    {
        var named = await PlanAsync("model:4227");
        var all = await PlanAsync("model:4227", "--all-versions");
        var latest = await PlanAsync("4227@42272", "--latest");
        var searched = await PlanAsync("--search", "Three Seasons", "--all-versions");

        Assert.Equal([42270], Versions(named));
        Assert.Equal([42270, 42271, 42272], Versions(all));
        Assert.Equal([42271], Versions(latest));
        Assert.Equal([42270, 42271, 42272], Versions(searched));
    }

    [Fact]
    public async Task A_collection_is_refused_by_the_site_and_that_is_said()
    {
        var refused = await DryRunAsync("--collection", "1001");

        Assert.Equal(5, refused.ExitCode);
        Assert.Equal("source-not-listed", refused.ErrorJson.GetProperty("code").GetString());
        Assert.Contains("collection 1001", refused.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Many_targets_of_models_are_asked_for_a_page_at_a_time()
    {
        var listed = Sandbox.Catalogue.All.Where(model => model.Id >= SampleIds.FirstGenerated).Select(model => $"model:{model.Id}").ToArray();

        var plan = await PlanAsync("--from", Write("list.txt", string.Join('\n', listed)));

        var asked = Sandbox.Ledger.Requests.Where(request => request.Path.StartsWith("/api/v1/models", StringComparison.Ordinal)).ToArray();
        Assert.True(ModelIds(plan).Length > 50);
        Assert.Equal(ModelIds(plan), ModelIds(plan).OrderBy(id => Array.IndexOf(listed, $"model:{id}")));
        Assert.True(asked.Length <= 12, string.Join('\n', asked.Select(request => request.Path + request.Query))); // one page, and those that no list shows
    }

    [Fact]
    public async Task The_job_keeps_what_it_was_made_of_without_keys()
    {
        var made = await CreateAsync($"http://{Sandbox.Api.Authority}/api/download/models/42010?token=SECRET", "--creator", "ana m", "--type", "LLM", "--all-versions");

        var job = made.Json.GetProperty("job");
        var shown = await Program.RunAsync("job", "show", "last");
        Assert.Contains("--creator 'ana m'", job.GetProperty("source").GetString());
        Assert.Contains("--all-versions", job.GetProperty("source").GetString());
        Assert.Equal("by ana m", job.GetProperty("name").GetString());
        Assert.DoesNotContain("SECRET", made.Output + shown.Output);
        Assert.Equal(made.Json.GetProperty("items").GetArrayLength(), (await Store.AllItemsAsync(new(job.GetProperty("id").GetInt64()), new() { Most = int.MaxValue }, Cancel).ToListAsync(Cancel)).Count);
    }
}
