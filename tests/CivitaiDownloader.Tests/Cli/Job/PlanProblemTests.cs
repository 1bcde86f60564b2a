using CivitaiDownloader.Sandbox.Faults;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>What a plan says may be wrong.</summary>
public sealed class PlanProblemTests : CreateFixture
{
    private protected override int Models => 350; // several pages

    [Fact]
    public async Task Early_access_with_its_date_and_without()
    {
        var plan = await PlanAsync("4207", "4208", "4226", "4201");

        var problem = plan.GetProperty("problems").EnumerateArray().Single(problem => problem.GetProperty("kind").GetString() == "early-access");
        Assert.Equal(["Cinematic Haze v1.0", "Studio Only Lighting v1.0"], problem.GetProperty("examples").EnumerateArray().Select(example => example.GetProperty("name").GetString()));
        Assert.InRange(problem.GetProperty("examples")[0].GetProperty("until").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddDays(8), DateTimeOffset.UtcNow.AddDays(10));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, problem.GetProperty("examples")[1].GetProperty("until").ValueKind);
        Assert.Equal(4, Names(plan).Length); // the account may have bought them
    }

    [Fact]
    public async Task A_key_is_missed_only_where_there_is_none()
    {
        var without = await PlanAsync("4209", "4201");
        Program.Variables["CIVITAI_API_KEY"] = CivitaiDownloader.Sandbox.SandboxOptions.DefaultKey;
        var with = await PlanAsync("4209", "4201");

        Assert.Equal(["Members Sketchbook v1.0|"], Problems(without, "sign-in"));
        Assert.Empty(Problems(with, "sign-in"));
    }

    [Fact]
    public async Task What_nobody_can_download_is_left_out()
    {
        var plan = await PlanAsync("4210", "4213", "4211", "4201");

        Assert.Equal(["On Site Only v1.0|"], Problems(plan, "downloads-disabled"));
        Assert.Equal(["Private Collection v1.0|"], Problems(plan, "private"));
        Assert.StartsWith("4211|'Old Faithful' is archived", Problems(plan, "target-failed").Single());
        Assert.Equal([4213, 4201], ModelIds(plan));
    }

    [Fact]
    public async Task Pickles_scans_and_hashes()
    {
        var plan = await PlanAsync("4204@42040", "4202@42020+420203", "4202@42020+420205", "4216", "4224", "--creator", "ana_m", "--all-versions");
        var searched = await PlanAsync("--nsfw");

        Assert.NotEmpty(Problems(searched, "pickle-only"));
        Assert.DoesNotContain(Problems(plan, "pickle-only"), name => name.Contains("northernLight", StringComparison.Ordinal)); // there is another
        Assert.Contains("Northern Light XL v1.0: northernLightXL_v10.yaml|pickle scan: Error", Problems(plan, "scan-verdict").Select(text => text.Split(',')[0]));
        Assert.Contains("Before Hashes v1.0: before-hashes.safetensors|", Problems(plan, "unverifiable"));
        Assert.Contains("Half Hashed v1.0: half-hashed.safetensors|", Problems(plan, "unverifiable"));
    }

    [Fact]
    public async Task Licences_are_counted_by_what_they_do_not_allow()
    {
        var counts = (await PlanAsync("--nsfw")).GetProperty("licences");

        Assert.True(counts.GetProperty("noCommercialUse").GetInt32() > 0);
        Assert.True(counts.GetProperty("creditNeeded").GetInt32() > 0);
    }

    [Fact]
    public async Task More_than_the_disk_has()
    {
        var plan = await PlanAsync("4234", "4218", "4201", "--set", "Library:Root=" + Library);

        var (needed, free) = (plan.GetProperty("needed").GetInt64(), plan.GetProperty("free").GetInt64());
        Assert.True(needed > 120L << 30);
        Assert.Equal(needed > free ? 1 : 0, Problems(plan, "space").Length);
        Assert.Equal(needed, plan.GetProperty("volumes").EnumerateArray().Sum(volume => volume.GetProperty("needed").GetInt64()));
    }

    [Fact]
    public async Task Names_that_are_taken()
    {
        var template = new[] { "--set", "Library:Template={fileName}" };
        Directory.CreateDirectory(Library);
        await File.WriteAllTextAsync(Path.Combine(Library, "inkwash_v1.safetensors"), "somebody's own", Cancel);

        var plan = await PlanAsync(["4221@42210+422100", "4221@42210+422101", "4201", .. template]);

        Assert.Equal(["Odd One Out v1.0: same.safetensors|same.safetensors"], Problems(plan, "collision"));
        Assert.Equal([$"Ink Wash Landscapes v1.0: inkwash_v1.safetensors|{Path.Combine(Library, "inkwash_v1.safetensors")}"], Problems(plan, "foreign-file"));
    }

    [Fact]
    public async Task The_same_file_put_there_by_hand_is_there()
    {
        var elsewhere = Path.Combine(Folder, "elsewhere");
        Assert.Equal(0, (await Program.RunAsync("get", "4201", "--quiet", "--output", elsewhere + "/")).ExitCode);
        Directory.CreateDirectory(Library);
        File.Copy(Path.Combine(elsewhere, "inkwash_v1.safetensors"), Path.Combine(Library, "inkwash_v1.safetensors"));
        Directory.Delete(Home, recursive: true);

        var plan = await PlanAsync("4201", "--set", "Library:Template={fileName}");

        Assert.Equal(1, plan.GetProperty("present").GetProperty("files").GetInt32());
        Assert.Empty(Problems(plan, "foreign-file"));
    }

    [Fact]
    public async Task One_failing_target_is_its_own_error_and_several_are_one()
    {
        var one = await DryRunAsync("4211");
        var several = await DryRunAsync("4211", "999999");

        Assert.Equal((5, "archived"), (one.ExitCode, one.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal((5, "plan-all-failed"), (several.ExitCode, several.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("None of the 2 targets", several.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Nothing_left_says_which_rule_it_was()
    {
        var empty = await DryRunAsync("4201", "4203", "--format", "ONNX");

        Assert.Equal((1, "empty"), (empty.ExitCode, empty.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("2 left out by --format", empty.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_list_that_breaks_off_is_an_error_unless_a_part_is_enough()
    {
        var pages = 0; // the first one is kept for the second run
        Sandbox.Faults.When(request => request.Path == "/api/v1/models" && Interlocked.Increment(ref pages) > 1).Add(FaultKind.Status, 500);

        var refused = await DryRunAsync("--nsfw", "--set", "Http:MaxAttempts=1");
        var part = await DryRunAsync("--nsfw", "--partial", "--set", "Http:MaxAttempts=1");

        Assert.Equal((6, "plan-cut-short"), (refused.ExitCode, refused.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("--partial", refused.ErrorJson.GetProperty("hint").GetString());
        Assert.Equal(3, part.ExitCode);
        Assert.False(part.Json.GetProperty("plan").GetProperty("complete").GetBoolean());
        Assert.NotEmpty(Names(part.Json.GetProperty("plan")));
        Assert.Single(Problems(part.Json.GetProperty("plan"), "incomplete"));
    }

    [Fact]
    public async Task Time_is_told_only_by_what_was_measured_or_limited()
    {
        var unknown = await PlanAsync("4220");
        var limited = await PlanAsync("4220", "--limit-rate", "1MiB");
        Assert.Equal(0, (await CreateAsync("4220")).ExitCode);
        Assert.Equal(0, (await Program.RunAsync("job", "run")).ExitCode);
        var measured = await PlanAsync("4219");

        Assert.Equal(System.Text.Json.JsonValueKind.Null, unknown.GetProperty("seconds").ValueKind);
        Assert.Equal(64, limited.GetProperty("seconds").GetInt64());
        Assert.True(measured.GetProperty("bytesPerSecond").GetInt64() > 0);
        Assert.True(measured.GetProperty("seconds").GetInt64() > 0);
    }

    [Fact]
    public async Task A_plan_of_pages_asks_nothing_for_each_file()
    {
        var plan = await PlanAsync("--nsfw", "--all-versions", "--no-cache");

        Assert.True(Names(plan).Length > 300);
        Assert.True(plan.GetProperty("accessUnknown").GetInt32() > 200);
        var asked = Sandbox.Ledger.Requests.Count(request => request.Path.StartsWith("/api/v1/model-versions", StringComparison.Ordinal));
        Assert.InRange(asked, 1, 100); // two for each of the first fifty
        Assert.InRange(Sandbox.Ledger.Requests.Count(request => request.Path == "/api/v1/models"), 4, 6);
    }
}
