using System.Text.Json;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>Plans jobs with the program, as a script does.</summary>
public abstract class CreateFixture : JobFixture
{
    /// <param name="parent">As <see cref="SandboxFixture"/> has it.</param>
    private protected CreateFixture(string? parent = null) : base(parent)
    {
    }

    /// <summary>A plan that is made, shown, and gone.</summary>
    private protected async Task<JsonElement> PlanAsync(params string[] arguments)
    {
        var ran = await DryRunAsync(arguments);
        Assert.True(ran.ExitCode is 0 or 3, ran.Error);
        return ran.Json.GetProperty("plan");
    }

    private protected Task<Ran> DryRunAsync(params string[] arguments) => Program.RunAsync(["job", "create", .. arguments, "--dry-run", "--json"]);

    private protected Task<Ran> CreateAsync(params string[] arguments) => Program.RunAsync(["job", "create", .. arguments, "--yes", "--no-watch", "--json"]);

    private protected static string[] Names(JsonElement plan) => [.. plan.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!)];

    private protected static long[] ModelIds(JsonElement plan) => [.. plan.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("modelId").GetInt64())];

    private protected static long[] Versions(JsonElement plan) => [.. plan.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("versionId").GetInt64())];

    /// <summary>The names of one kind of problem, with what is said of each.</summary>
    private protected static string[] Problems(JsonElement plan, string kind) =>
        [.. plan.GetProperty("problems").EnumerateArray().Where(problem => problem.GetProperty("kind").GetString() == kind)
            .SelectMany(problem => problem.GetProperty("examples").EnumerateArray()).Select(example => $"{example.GetProperty("name").GetString()}|{example.GetProperty("detail").GetString()}")];

    private protected static (string Rule, int Count)[] LeftOut(JsonElement plan) =>
        [.. plan.GetProperty("leftOut").EnumerateArray().Select(rule => (rule.GetProperty("rule").GetString()!, rule.GetProperty("count").GetInt32()))];

    private protected string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
