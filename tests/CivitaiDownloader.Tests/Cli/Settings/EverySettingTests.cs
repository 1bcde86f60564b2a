using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Settings;

/// <summary>Made from the options classes themselves: a class or property that is added later is in these tests, or fails them.</summary>
public sealed class EverySettingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _certificate;

    public EverySettingTests()
    {
        _certificate = _folder["authority.pem"];
        using var key = System.Security.Cryptography.ECDsa.Create();
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=test", key, System.Security.Cryptography.HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(_certificate, certificate.ExportCertificatePem());
    }

    public static TheoryData<string> Keys => [.. OptionsClasses.Properties.Select(property => property.Key)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_property_of_every_options_class_can_be_set_and_nothing_else()
    {
        Assert.NotEmpty(OptionsClasses.Properties);
        Assert.Equal(OptionsClasses.Properties.Select(property => property.Key).Order(), KnownSettings.Keys.Order());
        Assert.Equal(OptionsClasses.Properties.Select(property => property.Section).Distinct().Order(), KnownSettings.Sections.Order());
    }

    [Fact]
    public void Every_setting_says_what_it_means_in_sentences_of_its_own()
    {
        Assert.All(KnownSettings.All, setting => Assert.True(setting.Description.Length > 10 && setting.Description.EndsWith('.'), $"{setting.Key} has no [Setting(\"…\")] that says what it means."));
        Assert.Equal(KnownSettings.All.Count, KnownSettings.All.Select(setting => setting.Flag).Distinct().Count());
    }

    [Fact]
    public async Task All_of_them_set_by_flag_arrive()
    {
        var flags = KnownSettings.All.SelectMany(setting => new[] { setting.Flag, Another(setting) }).ToArray();

        var ran = await Plain().RunAsync([.. flags, "config", "list", "--json"]);

        AssertArrived(ran, "commandLine", setting => setting.Flag);
    }

    [Fact]
    public async Task All_of_them_set_by_environment_arrive()
    {
        var program = Plain();
        foreach (var setting in KnownSettings.All) program.Variables[setting.Variable] = Another(setting);
        program.Variables["CIVITAI_DL_LIBRARY"] = ""; // the test's own folder would come before the variable

        var ran = await program.RunAsync("config", "list", "--json");

        AssertArrived(ran, "environment", setting => setting.Variable);
    }

    [Fact]
    public async Task All_of_them_set_in_the_file_arrive()
    {
        Directory.CreateDirectory(_folder["home"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["home"], "config.json"), FileText(), TestContext.Current.CancellationToken);
        var program = Plain();
        program.Variables["CIVITAI_DL_LIBRARY"] = "";

        var ran = await program.RunAsync("config", "list", "--json");

        AssertArrived(ran, "file", _ => Path.Combine(_folder["home"], "config.json"));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void What_is_set_is_what_the_feature_gets(string key)
    {
        var property = OptionsClasses.Find(key);
        var text = property.Another(_certificate);
        var settings = SettingsLoader.Make(_folder["home"], [new(key, text, SettingSource.CommandLine, "--set")]);
        SettingsCheck.All(settings);
        var services = new ServiceCollection();
        CliServices.AddFeatures(services, settings);
        using var built = services.BuildServiceProvider();

        var options = built.GetRequiredService(typeof(IOptions<>).MakeGenericType(property.Class));
        var arrived = property.Property.GetValue(options.GetType().GetProperty("Value")!.GetValue(options));

        Assert.NotEqual(property.Default, arrived);
        Assert.Equal(text, arrived switch { bool flag => flag ? "true" : "false", Uri address => address.AbsoluteUri, Enum word => word.ToString().ToLowerInvariant(), _ => Convert.ToString(arrived, System.Globalization.CultureInfo.InvariantCulture) });
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Beyond_its_bounds_it_is_refused_with_key_value_and_what_is_allowed(string key)
    {
        var setting = KnownSettings.Find(key)!;
        foreach (var value in OptionsClasses.Find(key).OutOfBounds())
        {
            var refused = Assert.Throws<UsageException>(() => SettingsCheck.All(SettingsLoader.Make(_folder["home"], [new(key, value, SettingSource.Environment, setting.Variable)])));

            Assert.Contains($"{key} cannot be '{value}' (set by {setting.Variable}): allowed is {setting.Form.Allowed}.", refused.Message);
            Assert.Equal(2, ExitCodes.Of(refused));
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_default_is_allowed_and_written_as_the_binder_reads_it(string key) => Assert.True(KnownSettings.Find(key)!.Form.Accepts(KnownSettings.Find(key)!.Default));

    [Fact]
    public async Task Every_mistake_is_told_at_once_each_with_who_made_it()
    {
        Directory.CreateDirectory(_folder["home"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["home"], "config.json"), "{\n  // slow line\n  \"Http\": { \"MaxAttempts\": 0 }\n}\n", TestContext.Current.CancellationToken);
        var program = Plain();
        program.Variables["CIVITAI_DL_TRANSFER__STALLTIMEOUT"] = "soon";

        var ran = await program.RunAsync("search", "--http-connect-timeout", "30", "--json");

        var message = ran.ErrorJson.GetProperty("message").GetString();
        Assert.Equal((2, "settings"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("Http:MaxAttempts cannot be '0'", message);
        Assert.Contains("config.json', line 3, column 28): allowed is a whole number from 1 to 20", message);
        Assert.Contains("Transfer:StallTimeout cannot be 'soon' (set by CIVITAI_DL_TRANSFER__STALLTIMEOUT)", message);
        Assert.Contains("Http:ConnectTimeout cannot be '30' (set by --http-connect-timeout)", message);
    }

    [Fact]
    public async Task Rules_of_several_features_that_are_broken_at_once_are_all_told()
    {
        var ran = await Plain().RunAsync("search", "--set", "Http:Endpoint=http://example.org/", "--set", "Transfer:RetryBaseDelay=00:00:40", "--json");

        Assert.Equal((2, "settings"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("Http:Endpoint", ran.ErrorJson.GetProperty("message").GetString());
        Assert.Contains("Transfer:RetryMaxDelay", ran.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public void The_reference_page_has_this_table()
    {
        var written = _folder["table.md"];
        var table = string.Concat(KnownSettings.All.Select(setting =>
            $"| `{setting.Key}` | {(setting.Key == "Library:Root" ? "`civitai` in the user's folder" : setting.Default.Length == 0 ? "" : $"`{setting.Default}`")} | {setting.Form.Allowed} | {setting.Description} |\n"));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "config.md"));

        Assert.True(page.Contains(table, StringComparison.Ordinal), $"docs/formats/config.md must have these rows:\n{table}");
    }

    private Program Plain() => new(_folder["home"], _folder["library"]);

    private string Another(Setting setting) => OptionsClasses.Find(setting.Key).Another(_certificate);

    private string FileText() => "{ // all of them\n" + string.Join(",\n", KnownSettings.All.GroupBy(setting => setting.Section).Select(section =>
        $"\"{section.Key}\": {{ {string.Join(", ", section.Select(setting => $"\"{setting.Name}\": {setting.Form.Literal(Another(setting))}"))} }}")) + "\n}\n";

    private void AssertArrived(Ran ran, string source, Func<Setting, string> where)
    {
        Assert.True(ran.ExitCode == 0, ran.Error);
        var listed = ran.Json.GetProperty("settings").EnumerateArray().ToDictionary(setting => setting.GetProperty("key").GetString()!);
        Assert.Equal(KnownSettings.All.Count, listed.Count);
        foreach (var setting in KnownSettings.All)
        {
            var shown = listed[setting.Key];
            Assert.Equal((Another(setting), source, where(setting)), (Text(shown, "value"), Text(shown, "source"), Text(shown, "where")));
            Assert.Equal(setting.Default, Text(shown, "default"));
        }
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
