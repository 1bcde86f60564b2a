using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Api;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Each filter of the command line against the whole catalogue of the Sandbox: exactly the models that fit are found.</summary>
public sealed class SearchFilterTests : SandboxFixture
{
    private protected override int Models => 150;

    [Theory]
    [InlineData("--type lora --type LoCon")]
    [InlineData("--type lora,locon")]
    public async Task Types(string options) => await FindsAsync(options, model => model.Type is "LORA" or "LoCon");

    [Theory]
    [InlineData("--base-model pony --base-model SDXL-1.0")]
    [InlineData("--base-model pony,sdxl10")]
    public async Task Base_models(string options) => await FindsAsync(options, model => model.Versions.Any(version => version.BaseModel is "Pony" or "SDXL 1.0"));

    [Fact]
    public async Task Tags_and_categories() => await FindsAsync("--tag style --category character", model => model.Tags.Contains("style") && model.Tags.Contains("character"));

    [Fact]
    public async Task A_category_that_nothing_carries_finds_nothing() => await FindsAsync("--category vehicle", _ => false);

    [Theory]
    [InlineData("pg13", 2)]
    [InlineData("pg,r", 5)]
    [InlineData("pg-13 - r", 6)]
    [InlineData("r-xxx", 28)]
    public async Task Ratings(string rating, int mask)
    {
        var ran = await Program.RunAsync("search", "--all", "--json", "--rating", rating);

        Assert.Equal(Sandbox.Catalogue.All.Where(model => IsListed(model) && (model.NsfwLevel & mask) != 0).Select(model => model.Id).Order(), Ids(ran));
    }

    [Theory]
    [InlineData("--published-after 2026-01-01 --published-before 2026-06-01")]
    [InlineData("--published-after 2026-01-01T00:00Z --published-before 2026-06-01T00:00:00Z --sort newest")]
    [InlineData("--published-after 2026-01-01 --published-before 2026-06-01 --sort oldest")]
    public async Task Dates(string options) => await FindsAsync(options, model =>
        model.PublishedAt >= new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) && model.PublishedAt < new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("--published-within 1y", 365)]
    [InlineData("--published-after 52w", 364)]
    public async Task Spans(string options, int days) => await FindsAsync(options, model => model.PublishedAt >= TimeProvider.System.GetUtcNow().AddDays(-days));

    [Fact]
    public async Task Creators() => await FindsAsync("--creator Ana_M", model => model.Creator == "ana_m");

    /// <summary>Civitai drops what is no ASCII letter, digit or underscore from the name, and then finds other people.</summary>
    [Fact]
    public async Task Creators_of_other_scripts_are_not_taken_for_each_other()
    {
        await FindsAsync("--creator 夜明け", model => model.Creator == "夜明け");
        await FindsAsync("--creator ÜNÏCODE", model => model.Creator == "Ünïcode");
        await FindsAsync("--creator 桜", _ => false);
        await FindsAsync("--creator ../x", _ => false);
    }

    [Fact]
    public async Task Downloads() => await FindsAsync("--min-downloads 50000 --max-downloads 150000 --sort most-downloaded", model => model.Downloads is >= 50000 and <= 150000);

    [Fact]
    public async Task Likes() => await FindsAsync("--min-likes 4000 --min-like-ratio 90%", model => model.ThumbsUp >= 4000);

    [Theory]
    [InlineData("--commercial-use sell", "Sell")]
    [InlineData("--commercial-use image,rent-civit", "Image")]
    public async Task Commercial_use(string options, string grant)
    {
        var ran = await Program.RunAsync(["search", "--all", "--nsfw", "--json", .. options.Split(' ')]);

        Assert.NotEmpty(Ids(ran));
        Assert.All(Ids(ran), id => Assert.Contains(grant, CommercialUseText.Grants(Sandbox.Catalogue.Model(id)!.CommercialUse)));
    }

    [Fact]
    public async Task Permissions() => await FindsAsync("--allow-no-credit --allow-derivatives --allow-different-license", model => model.Id % 6 == 0);

    [Fact]
    public async Task File_formats() => await FindsAsync("--file-format gguf", model => model.Versions.Any(version => version.Files.Any(file => file.Format == "GGUF")));

    [Fact]
    public async Task Sizes()
    {
        var ids = Ids(await Program.RunAsync("search", "--all", "--nsfw", "--json", "--max-size", "65MiB", "--type", "Checkpoint"));

        Assert.Contains(SampleIds.Medium, ids);
        Assert.DoesNotContain(SampleIds.Large, ids);
        Assert.DoesNotContain(SampleIds.Huge, ids);
    }

    [Theory]
    [InlineData("only", true)]
    [InlineData("exclude", false)]
    public async Task Early_access(string choice, bool isGated) => await FindsAsync($"--early-access {choice}", model => model.Versions[0].IsGated(TimeProvider.System.GetUtcNow()) == isGated);

    [Fact]
    public async Task What_the_library_has_and_has_not()
    {
        await Program.RunAsync("get", "4201");

        var present = Ids(await Program.RunAsync("search", "--in-library", "--all", "--json"));
        var missing = Ids(await Program.RunAsync("search", "--not-in-library", "--all", "--json"));

        Assert.Equal([4201], present);
        Assert.Contains(Sandbox.Ledger.Requests, request => request.Query.Contains("ids=4201", StringComparison.Ordinal)); // not the whole site
        Assert.NotEmpty(missing);
        Assert.DoesNotContain(4201, missing);
    }

    [Fact]
    public async Task Favourites_are_those_of_the_key_and_nobody_elses()
    {
        var without = await Program.RunAsync("search", "--favorites", "--json");
        Program.Variables["CIVITAI_API_KEY"] = "revoked";
        var revoked = await Program.RunAsync("search", "--favorites", "--json");
        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;
        var with = await Program.RunAsync("search", "--favorites", "--all", "--json");

        Assert.All(new[] { without, revoked }, ran => Assert.Equal((4, "sign-in-required"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString())));
        Assert.Contains("Favourites belong to an account", without.ErrorJson.GetProperty("message").GetString());
        Assert.Contains(SampleIds.Plain, Ids(with));
        Assert.All(Ids(with), id => Assert.Equal(1, id % 7));
    }

    [Theory]
    [InlineData("--checkpoint-type trained", 0)]
    [InlineData("--checkpoint-type Merge --type checkpoint", 1)]
    public async Task A_kind_of_checkpoint(string options, int odd) => await FindsAsync(options, model => model.Type == "Checkpoint" && model.Id % 2 == odd);

    [Fact]
    public async Task A_kind_of_checkpoint_leaves_other_types_that_were_asked_for() =>
        await FindsAsync("--checkpoint-type merge --type lora,checkpoint", model => model.Type == "LORA" || (model.Type == "Checkpoint" && model.Id % 2 == 1));

    [Fact]
    public async Task What_the_list_says_of_a_model()
    {
        await FindsAsync("--supports-generation", model => model.Id % 5 == 2);
        await FindsAsync("--from-platform", model => model.Id % 4 == 1);
        await FindsAsync("--availability unsearchable", model => model.Id == SampleIds.Media);
    }

    [Fact]
    public async Task Archived_models_are_left_out_unless_asked_for()
    {
        var archived = Sandbox.Catalogue.All.Where(model => model.Mode == "Archived").Select(model => model.Id).Order().ToArray();

        Assert.Equal(archived, Ids(await Program.RunAsync("search", "--all", "--nsfw", "--json", "--archived", "only")));
        Assert.Equal(Sandbox.Catalogue.All.Where(model => !model.IsRealPerson).Select(model => model.Id).Order(), Ids(await Program.RunAsync("search", "--all", "--nsfw", "--json", "--archived", "include")));
        await FindsAsync("--archived exclude", _ => true);
    }

    [Fact]
    public async Task What_an_account_follows_or_hides_is_nobody_elses()
    {
        foreach (var (option, what) in new[] { ("--followed", "Followed creators belong"), ("--hidden", "Hidden models belong") })
        {
            Program.Variables.Remove("CIVITAI_API_KEY");
            var without = await Program.RunAsync("search", option, "--json");
            Program.Variables["CIVITAI_API_KEY"] = "revoked";
            var revoked = await Program.RunAsync("search", option, "--json");

            Assert.All(new[] { without, revoked }, ran => Assert.Equal((4, "sign-in-required"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString())));
            Assert.Contains(what, revoked.ErrorJson.GetProperty("message").GetString());
        }

        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;
        await FindsAsync("--followed", model => model.Creator is "ana_m" or "borealis");
        await FindsAsync("--hidden", model => model.Id % 7 == 2);
    }

    [Fact]
    public async Task Of_each_version_its_primary_file_alone()
    {
        var ran = await Program.RunAsync("search", "--primary-file-only", "northern", "--nsfw", "--json");

        Assert.Equal([420202], ran.Json.GetProperty("items")[0].GetProperty("modelVersions")[0].GetProperty("files").EnumerateArray().Select(file => file.GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task Filters_of_our_own_fill_the_limit_all_the_same()
    {
        var ran = await Program.RunAsync("search", "--allow-different-license", "--nsfw", "--limit", "7", "--json");

        Assert.Equal(7, Ids(ran).Length);
        Assert.Equal("allow-different-license", ran.Json.GetProperty("filteredHere")[0].GetProperty("filter").GetString());
        Assert.Equal(ran.Json.GetProperty("lookedAt").GetInt64() - 7, ran.Json.GetProperty("filteredHere")[0].GetProperty("dropped").GetInt64());
    }

    [Theory]
    [InlineData("--published-within 1y", "published-within")]
    [InlineData("--published-after 2026-01-01", "published-after")]
    [InlineData("--tag style --category character", "category")]
    [InlineData("--category character --tag anime --tag style", "tag,category")]
    [InlineData("--archived only --rating pg,r --min-likes 5", "rating,min-likes,archived")]
    [InlineData("--not-in-library --early-access exclude", "early-access,not-in-library")]
    public async Task What_was_filtered_here_is_called_as_it_was_typed(string options, string names)
    {
        var json = await Program.RunAsync(["search", "--limit", "1", "--json", .. options.Split(' ')]);
        var text = await Program.RunAsync(["search", "--limit", "1", .. options.Split(' ')]);

        Assert.Equal(names.Split(','), json.Json.GetProperty("filteredHere").EnumerateArray().Select(filter => filter.GetProperty("filter").GetString()));
        Assert.All(names.Split(','), name => Assert.Contains($" --{name}", text.Error[text.Error.IndexOf("not by Civitai", StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task An_unknown_tag_is_named_with_what_may_have_been_meant()
    {
        var ran = await Program.RunAsync("search", "--tag", "landscpae", "--json");

        Assert.Equal((5, "not-found"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("'landscape'", ran.ErrorJson.GetProperty("hint").GetString());
        Assert.Empty(Ids(ran));
    }

    [Fact]
    public async Task An_unknown_base_model_is_asked_for_with_a_warning()
    {
        var ran = await Program.RunAsync("search", "--base-model", "Hologram 9", "--all", "--nsfw", "--format", "ids");
        var misspelt = await Program.RunAsync("search", "--base-model", "Ilustrious");

        Assert.Contains("'Hologram 9' is no base model that is known. Models for one", ran.Error);
        Assert.Contains("4221@42210", ran.Output);
        Assert.Contains("did you mean 'Illustrious'?", misspelt.Error);
        Assert.Contains("Ilustrious", (await Program.RunAsync("search", "--base-model", "Ilustrious", "--json")).Json.GetProperty("warnings")[0].GetString());
        Assert.Equal(0, misspelt.ExitCode);
    }

    [Fact]
    public async Task A_type_that_only_the_site_knows_is_taken_from_its_list_and_without_the_list_refused()
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("/enums", StringComparison.Ordinal) ? """{"ModelType":["HoloProjector"],"BaseModel":[]}""" : """{"items":[],"metadata":{}}""");
        });

        var known = await new Program(Home, Library, host.Address).RunAsync("search", "--type", "holoprojector");
        Program.Variables["CIVITAI_DL_HTTP__MAXATTEMPTS"] = "1";
        Sandbox.Faults.Add(FaultText.Parse("status@api=500"));
        var unknown = await Program.RunAsync("search", "--type", "Lorra", "--json");

        Assert.Equal(0, known.ExitCode);
        Assert.Contains(host.Requests, request => request.Path.Contains("types=HoloProjector", StringComparison.Ordinal));
        Assert.Contains("did you mean 'LORA'", unknown.ErrorJson.GetProperty("message").GetString());
    }

    private async Task FindsAsync(string options, Func<SampleModel, bool> fits)
    {
        var ran = await Program.RunAsync(["search", "--all", "--nsfw", "--json", .. options.Split(' ')]);

        Assert.Equal(Sandbox.Catalogue.All.Where(IsListed).Where(fits).Select(model => model.Id).Order(), Ids(ran));
        Assert.True(ran.Json.GetProperty("complete").GetBoolean());
    }

    private static bool IsListed(SampleModel model) => model.Mode != "Archived";

    private static int[] Ids(Ran ran) => [.. ran.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()).Order()];
}
