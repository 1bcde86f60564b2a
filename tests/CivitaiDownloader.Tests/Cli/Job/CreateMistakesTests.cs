using System.Globalization;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>What cannot be a job, and that nothing is left of it.</summary>
public sealed class CreateMistakesTests : CreateFixture
{
    [Fact]
    public async Task A_library_that_is_a_file_is_refused_before_anything_is_planned()
    {
        var file = Path.Combine(Folder, "library.txt");
        await File.WriteAllTextAsync(file, "mine", Cancel);

        var refused = await Program.RunAsync("job", "create", "4201", "--yes", "--library", file, "--json");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is a file", refused.ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Cancel));
        Assert.Empty(await Store.ListAsync(Cancel));
    }

    [Theory]
    [InlineData("nothing to make a job of")]
    [InlineData("--type narrows a search", "4201", "--type", "LORA")]
    [InlineData("'07:00-07:00' is no time at all", "4201", "--hours", "07:00-07:00")]
    [InlineData("'24:00-00:00' are no hours", "4201", "--hours", "24:00-00:00")]
    [InlineData("'25:00-26:00' are no hours", "4201", "--hours", "25:00-26:00")]
    [InlineData("'night' are no hours", "4201", "--hours", "night")]
    [InlineData("'0' is no rate", "4201", "--limit-rate", "0")]
    [InlineData("'fast' is no rate", "4201", "--limit-rate", "fast")]
    [InlineData("'fast' is not a strategy", "4201", "--strategy", "fast")]
    [InlineData("--parallel is for --strategy parallel", "4201", "--strategy", "sequential", "--parallel", "4")]
    [InlineData("'0' is no number for --parallel", "4201", "--parallel", "0")]
    [InlineData("'99' is no number for --parallel", "4201", "--parallel", "99")]
    [InlineData("'urgent' is not a priority", "4201", "--priority", "urgent")]
    [InlineData("'-1' is no number for --max-failures", "4201", "--max-failures", "-1")]
    [InlineData("'lots' is no size", "4201", "--max-total", "lots")]
    [InlineData("--name is empty", "4201", "--name", " ")]
    [InlineData("--search is empty", "--search", "")]
    [InlineData("--creator is empty", "--creator", "")]
    [InlineData("--skip-name is empty", "4201", "--skip-name", "")]
    [InlineData("--all-versions and --latest exclude each other", "4201", "--all-versions", "--latest")]
    [InlineData("--watch and --no-watch exclude each other", "4201", "--watch", "--no-watch")]
    [InlineData("--only-safetensors and another --format", "4201", "--only-safetensors", "--format", "GGUF")]
    [InlineData("'nonsense' is not a target", "4201", "nonsense")]
    [InlineData("'-' is given twice", "-", "--from", "-")]
    public async Task A_command_line_that_cannot_be(string words, params string[] arguments)
    {
        var refused = await Program.RunAsync(["job", "create", .. arguments, "--yes"]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(words, refused.Error);
        Assert.DoesNotContain("`civitai-dl search --help`", refused.Error); // it has none of these options
        Assert.Empty(await Store.ListAsync(Cancel));
        Assert.Empty(Sandbox.Ledger.Requests);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("# nothing\n\n", "is empty")]
    [InlineData("{\"items\":[],\"complete\":true}", "is empty")]
    [InlineData("{\"dependencies\":{\"left-pad\":\"1.0\"}}", "line 1: this object has no id")]
    [InlineData("[{\"name\":\"x\"},\n{\"name\":\"y\"}]", "line 2: this object has no id")]
    [InlineData("{\"items\":[{\"id\":4201},\n{\"id\":42", "the JSON ends in the middle")]
    [InlineData("{\"items\":[{\"id\":4201}\n{\"id\":4202}]}", "line 2: this is not JSON")]
    [InlineData("name,type\nInk,LORA\n", "no column id, version or url")]
    [InlineData("title;author\nInk;ana\n", "line 1: 'title;author' is not a target")]
    [InlineData("PK\u0003\u0004\0\0binary", "this is no list of targets")]
    [InlineData("4201\ngarbage\nmore garbage\n", "line 2: 'garbage' is not a target")]
    public async Task A_list_that_is_none(string content, string words)
    {
        var refused = await CreateAsync("--from", Write("list", content));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(words, refused.ErrorJson.GetProperty("message").GetString());
        Assert.Empty(await Store.ListAsync(Cancel));
    }

    [Fact]
    public async Task A_list_that_is_not_there()
    {
        var missing = await CreateAsync("--from", Path.Combine(Folder, "nope.txt"));
        var folder = await CreateAsync("--from", Folder);

        Assert.Equal((5, "source-missing"), (missing.ExitCode, missing.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal((1, "source-unreadable"), (folder.ExitCode, folder.ErrorJson.GetProperty("code").GetString()));
        if (OperatingSystem.IsWindows()) return;
        Assert.EndsWith("it is a device", (await CreateAsync("--from", "/dev/null")).ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_list_with_garbage_the_rest_goes_on_and_each_line_is_named()
    {
        var lines = Enumerable.Range(1, 300).Select(line => line % 100 == 50 ? $"g\u001b[31marbage {line}" : line % 2 == 0 ? "4201" : "4203").ToArray();

        var plan = await PlanAsync("--from", Write("list.txt", string.Join('\n', lines)));
        var made = await Program.RunAsync("job", "create", "--from", Path.Combine(Folder, "list.txt"), "--yes", "--no-watch");

        Assert.Equal([4203, 4201], ModelIds(plan));
        Assert.Equal(["50", "150", "250"], Problems(plan, "no-target").Select(text => text.Split("line ")[1].Split('|')[0]));
        Assert.Equal(3, made.ExitCode);
        Assert.Contains("3 lines of lists are no target", made.Error);
        Assert.Contains("line 150", made.Error);
        Assert.DoesNotContain('\u001b', made.Error);
        Assert.Equal(295, plan.GetProperty("duplicates").GetInt32());
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing_behind()
    {
        await PlanAsync("4201", "4203");
        await DryRunAsync("4211");
        await DryRunAsync("4201", "--format", "ONNX");

        Assert.Empty(await Store.ListAsync(Cancel));
        Assert.Equal(0, Count("job"));
        Assert.Equal(0, Count("job_item"));
        Assert.Equal(0, Count("job_count"));
    }

    [Fact]
    public async Task Without_somebody_to_ask_a_job_must_be_meant()
    {
        var refused = await Program.RunAsync("job", "create", "4201");
        var program = await Program.RunAsync("job", "create", "4201", "--json");

        Assert.Equal((2, 2), (refused.ExitCode, program.ExitCode));
        Assert.Contains("--yes", refused.Error);
        Assert.Empty(await Store.ListAsync(Cancel));
    }

    [Theory]
    [InlineData("y", 1)]
    [InlineData("n", 0)]
    [InlineData("", 0)]
    public async Task Somebody_at_a_terminal_is_asked(string answer, int jobs)
    {
        Program.Input = answer + "\n";

        var asked = await Terminal.RunAsync(Program, 80, "job", "create", "4201", "--no-watch");

        Assert.Contains("Make this job of 1 file? [y/N]", asked.Output);
        Assert.Equal(jobs == 1 ? 0 : 1, asked.ExitCode);
        Assert.Equal(jobs, (await Store.ListAsync(Cancel)).Count);
    }

    private long Count(string table)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Home, "civitai-dl.db")}");
        connection.Open();
        using var query = connection.CreateCommand();
#pragma warning disable CA2100 // names of tables, from above
        query.CommandText = $"SELECT count(*) FROM {table}";
#pragma warning restore CA2100
        return Convert.ToInt64(query.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
