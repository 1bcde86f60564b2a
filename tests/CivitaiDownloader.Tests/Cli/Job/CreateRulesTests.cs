using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>What a job leaves out, and that it says so.</summary>
public sealed class CreateRulesTests : CreateFixture
{
    [Theory]
    [InlineData("northernLightXL_v10.ckpt", "--format", "PickleTensor")]
    [InlineData("northernLightXL_v10_full.safetensors", "--precision", "fp32")]
    [InlineData("northernLightXL_v10_full.safetensors", "--prefer", "full")]
    [InlineData("northernLightXL_v10.ckpt", "--max-file-size", "20K")] // the best of those that fit
    public async Task A_rule_chooses_among_a_versions_files(string expected, params string[] rule)
    {
        var plan = await PlanAsync(["4202", .. rule]);

        Assert.Equal([expected], Names(plan));
    }

    [Fact]
    public async Task All_files_are_those_that_fit()
    {
        var plan = await PlanAsync("4202", "--all-files", "--only-safetensors");

        Assert.Equal(["northernLightXL_v10_full.safetensors", "northernLightXL_v10.safetensors", "northernLightXL_vae.safetensors"], Names(plan));
    }

    [Theory]
    [InlineData("format", "--format", "GGUF")]
    [InlineData("precision", "--precision", "fp32")]
    [InlineData("skip-tag", "--skip-tag", "INK")]
    [InlineData("skip-base-model", "--skip-base-model", "sdxl1.0")] // typed as people do
    [InlineData("skip-name", "--skip-name", "wash land")]
    [InlineData("skip-name", "--skip-name", "ink*scapes")]
    [InlineData("skip-name", "--skip-name", "INKWASH_*.safetensors")]
    [InlineData("max-file-size", "--max-file-size", "1K")]
    public async Task What_a_rule_leaves_out_is_counted(string rule, params string[] typed)
    {
        var plan = await PlanAsync(["4201", .. rule == "precision" ? ["4202"] : new[] { "4203", "4205", "4220" }, .. typed]);

        Assert.DoesNotContain(SampleIds.Plain, ModelIds(plan));
        Assert.Contains(LeftOut(plan), left => left.Rule == rule);
    }

    [Fact]
    public async Task Nothing_but_safetensors()
    {
        var plan = await PlanAsync("--nsfw", "--all-versions", "--only-safetensors");

        Assert.All(Names(plan), name => Assert.EndsWith(".safetensors", name, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(LeftOut(plan), left => left is { Rule: "only-safetensors", Count: > 0 });
        Assert.Empty(Problems(plan, "pickle-only"));
    }

    [Fact]
    public async Task A_name_that_is_no_whole_shape_leaves_nothing_out()
    {
        Assert.Single(Names(await PlanAsync("4201", "--skip-name", "ink*land")));
    }

    [Fact]
    public async Task So_many_files_to_fetch_and_no_more()
    {
        Assert.Equal(0, (await Program.RunAsync("get", "4201", "--quiet")).ExitCode);

        var plan = await PlanAsync("4201", "4202", "4203", "4204", "4205", "--max-files", "2");

        Assert.Equal([4201, 4202, 4203], ModelIds(plan)); // what is there does not count
        Assert.Equal("max-files", plan.GetProperty("stoppedBy").GetString());
    }

    [Fact]
    public async Task A_search_is_not_read_further_than_the_rule_needs()
    {
        await PlanAsync("--nsfw", "--max-files", "3", "--no-cache");

        Assert.Single(Sandbox.Ledger.Requests, request => request.Path == "/api/v1/models");
    }

    [Fact]
    public async Task So_many_bytes_and_what_is_too_large_is_passed_over()
    {
        var plan = await PlanAsync("4201", "4218", "4203", "--max-total", "1MiB");

        Assert.Equal([4201, 4203], ModelIds(plan));
        Assert.Equal([("max-total", 1)], LeftOut(plan));
        Assert.True(plan.GetProperty("needed").GetInt64() <= 1 << 20);
    }

    [Fact]
    public async Task What_is_there_already_is_part_of_the_job_and_not_fetched()
    {
        Assert.Equal(0, (await Program.RunAsync("get", "4201", "--quiet")).ExitCode);

        var plan = await PlanAsync("4201", "4203");

        var files = plan.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["present", "planned"], files.Select(file => file.GetProperty("status").GetString()));
        Assert.True(File.Exists(files[0].GetProperty("path").GetString()));
        Assert.StartsWith(Library, files[1].GetProperty("path").GetString());
        Assert.Equal(1, plan.GetProperty("present").GetProperty("files").GetInt32());
        Assert.Equal(plan.GetProperty("bytes").GetInt64(), plan.GetProperty("needed").GetInt64() + plan.GetProperty("present").GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task A_plan_of_what_is_there_makes_no_job_and_is_no_failure()
    {
        Assert.Equal(0, (await Program.RunAsync("get", "4201", "--quiet")).ExitCode);

        var made = await CreateAsync("4201");

        Assert.Equal(0, made.ExitCode);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, made.Json.GetProperty("job").ValueKind);
        Assert.Empty(await Store.ListAsync(Cancel));
    }

    [Fact]
    public async Task A_library_that_is_named_for_the_job_is_kept_with_it()
    {
        var elsewhere = Path.Combine(Folder, "elsewhere");

        var made = await CreateAsync("4201", "--library", elsewhere);
        var usual = await CreateAsync("4201");

        Assert.Equal(elsewhere, made.Json.GetProperty("job").GetProperty("library").GetString());
        Assert.Null(usual.Json.GetProperty("job").GetProperty("library").GetString());
    }

    [Fact]
    public async Task How_it_runs_is_kept_with_the_job()
    {
        var made = await CreateAsync("4201", "--name", "night", "--parallel", "7", "--priority", "high", "--limit-rate", "2MiB/s", "--hours", "22:00-6:00", "--max-failures", "3");

        var job = (await Store.FindAsync(new(made.Json.GetProperty("job").GetProperty("id").GetInt64()), Cancel))!;
        Assert.Equal(("night", Priority.High), (job.Name, job.Priority));
        Assert.Equal(new JobSettings { Strategy = StrategyKind.Parallel, Parallel = 7, BytesPerSecond = 2 << 20, Hours = new(new(22, 0), new(6, 0)), MaxFailures = 3 }, job.Settings);
    }
}
