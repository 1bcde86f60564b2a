using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>
/// What a person sees of the commands without a table of their own, at the widths people have, with names in many scripts and names that mean harm. Folders and
/// ports are put in by others of the same length: lines are broken by it.
/// </summary>
public sealed partial class ScreenSnapshotTests : SandboxFixture
{
    // Not where the machine has its temporary files: lines are broken by the length of a path.
    public ScreenSnapshotTests() : base(OperatingSystem.IsWindows() ? null : "/tmp") { }

    public static TheoryData<int> Widths => [40, 80, 120, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task A_plan(int columns) =>
        Check("get-plan", columns, await ShowAsync(columns, "get", "4201", "4202", "4207", "4216", "4217", "4224@42240", "--dry-run"));

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task What_became_of_downloads(int columns)
    {
        await ShowAsync(columns, "get", "4201", "--quiet");

        Check("get-result", columns, await ShowAsync(columns, "get", "4201", "4216", "4217", "4225@42250+422523", "4206", "4209", "4211"));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task A_check_of_the_library(int columns)
    {
        await ShowAsync(columns, "get", "4201", "4202", "4203", "4217", "--quiet");
        File.AppendAllText(Only("inkwash_v1.safetensors"), "x");
        File.AppendAllText(Only("*桜*.safetensors"), "x");
        File.Delete(Only("*.gguf"));
        await File.WriteAllTextAsync(Path.Combine(Library, "夜の🦊\u001b[31m\u202Efox\n.safetensors"), "mine", TestContext.Current.CancellationToken);

        Check("verify", columns, await ShowAsync(columns, "verify", "--list"));

        string Only(string pattern) => Directory.EnumerateFiles(Library, pattern, SearchOption.AllDirectories).Single();
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task A_doctors_report(int columns)
    {
        Program.Variables["CIVITAI_API_KEY"] = "revoked";
        Program.Variables["CIVITAI_DL_LIBRARY"] = Path.Combine(Folder, "図書館 🌸");

        Check("doctor", columns, await ShowAsync(columns, "doctor"));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task The_settings(int columns)
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Home, "config.json"), """{ "Library": { "Template": "{type}/桜🌸\u001b[31m\u202Eevil" }, "Http": { "MaxAttempts": 9999 } }""", TestContext.Current.CancellationToken);

        Check("config-list", columns, await ShowAsync(columns, "config", "list"));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Whose_key_it_is(int columns)
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"id":7,"username":"夜明け🌸\u001b[31m\u202Eevil","tier":"gold\n","status":"active","isMember":true,"tokenScope":7340031}""");
        });
        Program.Variables["CIVITAI_ENDPOINT"] = host.Address.AbsoluteUri;
        Program.Variables["CIVITAI_API_KEY"] = "key";

        Check("whoami", columns, await ShowAsync(columns, "whoami"));
    }

    private async Task<string> ShowAsync(int columns, params string[] arguments)
    {
        Program.Variables["LANG"] = "C.UTF-8";
        Program.Variables["HOME"] = Folder; // shown as the default's place
        Program.Variables["TERM"] = "dumb"; // no colour, and no bar that comes and goes
        return (await Terminal.RunAsync(Program, columns, arguments)).Output;
    }

    private void Check(string name, int columns, string shown)
    {
        Assert.DoesNotContain('\u001b', shown);
        Assert.DoesNotContain('\u202E', shown);
        var same = shown.Replace(Folder, "/tmp/civitai-dl-test-000000", StringComparison.Ordinal);
        same = Port().Replace(same, ":00000");
        same = Speed().Replace(same, "{speed}");
        same = Until().Replace(same, "{until}");
        same = Took().Replace(same, "read in #.# s.");
        same = MachineCheck().Replace(same, "$1{this machine}\n");
        Snapshot.Check($"{name}-{columns}", same);
        // Whatever is wider is a path, a hash or a command, which is there to be copied.
        Assert.All(shown.Split('\n'), line => Assert.True(DisplayText.Width(line) <= columns || line.Contains(Folder, StringComparison.Ordinal) || line.StartsWith("  civitai-dl get ", StringComparison.Ordinal) || line.Contains("://", StringComparison.Ordinal) || !line.Trim().Contains(' ', StringComparison.Ordinal), line));
    }

    [GeneratedRegex("(?<=127\\.0\\.0\\.1|localhost):[0-9]+")]
    private static partial Regex Port();

    [GeneratedRegex("[0-9.]+\\s+[KMG]?i?B\\s+in\\s+[0-9.]+\\s+m?s\\s+\\([0-9.]+\\s+[KMG]?i?B/s\\)")]
    private static partial Regex Speed();

    [GeneratedRegex("until\\s+[0-9-]+\\s+[0-9:]+\\s+UTC\\s+\\([0-9]+\\s+days\\)")]
    private static partial Regex Until();

    [GeneratedRegex("read\\s+in\\s+[0-9.]+\\s+m?s\\.")]
    private static partial Regex Took();

    [GeneratedRegex("^(\\w+ +(?:program|database|space|endpoint|clock) +).*\\n(?: {19}.*\\n)*", RegexOptions.Multiline)]
    private static partial Regex MachineCheck();
}
