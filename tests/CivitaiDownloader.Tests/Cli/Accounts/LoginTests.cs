using System.Runtime.Versioning;
using System.Text;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Accounts;

public sealed class LoginTests : SandboxFixture
{
    private string KeyFile => Path.Combine(Home, "key.json");

    [Fact]
    public async Task A_key_that_was_checked_and_stored_signs_in_until_logout()
    {
        Program.Input = SandboxOptions.DefaultKey + "\n";
        var login = await Program.RunAsync("login", "--json");
        var whoami = await Program.RunAsync("whoami", "--json");
        var logout = await Program.RunAsync("logout", "--json");
        var nobody = await Program.RunAsync("whoami", "--json");

        Assert.Equal((0, 0), (login.ExitCode, whoami.ExitCode));
        Assert.Equal(("sandbox", "free", "active"), (Text(whoami, "username"), Text(whoami, "tier"), Text(whoami, "status")));
        Assert.Equal(("stored", KeyFile), (Text(whoami, "keySource"), Text(whoami, "keyFrom")));
        Assert.True(whoami.Json.GetProperty("mayDownload").GetBoolean());
        Assert.Equal("read profile", whoami.Json.GetProperty("scope")[0].GetString());
        Assert.True(logout.Json.GetProperty("removed").GetBoolean());
        Assert.False(File.Exists(KeyFile));
        Assert.Equal((4, "sign-in-required"), (nobody.ExitCode, Code(nobody)));
        Assert.Contains("civitai-dl login", nobody.ErrorJson.GetProperty("hint").GetString());
    }

    [Fact]
    public async Task A_person_sees_whose_key_it_is_and_what_it_may_do()
    {
        Program.Input = SandboxOptions.DefaultKey;

        var login = await Program.RunAsync("login");

        Assert.Equal(
            $"sandbox\n  account    id 1 · free · active · no member\n  downloads  files that need a sign-in too; early access only where this account bought it\n  scope      read profile (1)\n  key        stored in {KeyFile}\n  site       {Sandbox.Api.GetLeftPart(UriPartial.Authority)}\n",
            login.Output);
        Assert.Equal("", login.Error);
    }

    [Theory]
    [InlineData("revoked-key", 4, "key-rejected", "does not accept this key")]
    [InlineData("", 2, "usage", "No key came")]
    [InlineData("  \n\n", 2, "usage", "No key came")]
    [InlineData("marker-first\nmarker-second", 2, "usage", "U+000A at position 13")]
    [InlineData("marker with blank", 2, "usage", "U+0020 at position 7")]
    [InlineData("marker-é", 2, "usage", "U+00E9")]
    public async Task What_is_no_key_is_refused_without_being_shown_or_stored(string input, int exitCode, string code, string words)
    {
        Program.Input = input;

        var ran = await Program.RunAsync("login", "--json");

        Assert.Equal((exitCode, code), (ran.ExitCode, Code(ran)));
        Assert.Contains(words, ran.ErrorJson.GetProperty("message").GetString());
        Assert.DoesNotContain("marker", ran.Error + ran.Output);
        Assert.DoesNotContain("revoked-key", ran.Error + ran.Output);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task A_flood_in_place_of_a_key_is_refused()
    {
        Program.Input = new string('a', 5_000);

        var ran = await Program.RunAsync("login", "--json");

        Assert.Equal((2, "usage"), (ran.ExitCode, Code(ran)));
        Assert.Contains("longer than 4096 bytes", ran.Error);
    }

    [Fact]
    public async Task A_key_on_the_command_line_is_refused_without_being_shown()
    {
        var ran = await Program.RunAsync("login", "marker-key", "--json");

        Assert.Equal(2, ran.ExitCode);
        Assert.DoesNotContain("marker-key", ran.Error);
        Assert.Contains("standard input", ran.Error);
    }

    [Fact]
    public async Task A_site_that_fails_stores_nothing_unless_told_not_to_ask()
    {
        Sandbox.Faults.Add(FaultText.Parse("status@/api/v1/me=503*9"));
        Program.Input = SandboxOptions.DefaultKey;

        var failed = await Program.RunAsync("login", "--json", "--set", "Http:MaxAttempts=1");
        var isStored = File.Exists(KeyFile);
        var unchecked_ = await Program.RunAsync("login", "--no-check");

        Assert.Equal((6, "server-failing", false), (failed.ExitCode, Code(failed), isStored));
        Assert.Equal(0, unchecked_.ExitCode);
        Assert.Contains("without asking the site", unchecked_.Error);
        Assert.True(File.Exists(KeyFile));
    }

    [Fact]
    public async Task A_refused_key_leaves_the_one_that_is_stored()
    {
        Program.Input = SandboxOptions.DefaultKey;
        await Program.RunAsync("login");
        var before = await File.ReadAllBytesAsync(KeyFile, TestContext.Current.CancellationToken);

        Program.Input = "revoked-key";
        await Program.RunAsync("login");

        Assert.Equal(before, await File.ReadAllBytesAsync(KeyFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_variable_comes_before_the_stored_key_and_login_and_logout_say_so()
    {
        Program.Input = SandboxOptions.DefaultKey;
        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;

        var login = await Program.RunAsync("login");
        var whoami = await Program.RunAsync("whoami", "--json");
        var logout = await Program.RunAsync("logout");
        Program.Variables["CIVITAI_API_KEY"] = "revoked-key";
        var rejected = await Program.RunAsync("whoami", "--json");

        Assert.Contains("CIVITAI_API_KEY is set and comes before", login.Error);
        Assert.Equal(("environment", "CIVITAI_API_KEY"), (Text(whoami, "keySource"), Text(whoami, "keyFrom")));
        Assert.Contains("CIVITAI_API_KEY is still set", logout.Error);
        Assert.Equal((4, "key-rejected"), (rejected.ExitCode, Code(rejected)));
        Assert.DoesNotContain("revoked-key", rejected.Error);
    }

    [Fact]
    public async Task A_key_that_was_stored_for_one_site_is_never_sent_to_another()
    {
        await using var other = await SandboxHost.StartAsync(new() { Models = 5, Key = null }, TestContext.Current.CancellationToken);
        Program.Input = SandboxOptions.DefaultKey;
        await Program.RunAsync("login");

        var whoami = await Program.RunAsync("whoami", "--json", "--endpoint", other.Api.AbsoluteUri);
        await Program.RunAsync("search", "--endpoint", other.Api.AbsoluteUri);
        await Program.RunAsync("get", "4201", "--endpoint", other.Api.AbsoluteUri);

        Assert.Equal((4, "sign-in-required"), (whoami.ExitCode, Code(whoami)));
        Assert.Contains(Sandbox.Api.Authority, whoami.ErrorJson.GetProperty("hint").GetString());
        Assert.NotEmpty(other.Ledger.Requests);
        Assert.All(other.Ledger.Requests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_read_the_stored_key_and_a_wider_mode_is_warned_of()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Modes of Unix.");
        Program.Input = SandboxOptions.DefaultKey;
        await Program.RunAsync("login");
        var mode = File.GetUnixFileMode(KeyFile);

        var quiet = await Program.RunAsync("search");
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var warned = await Program.RunAsync("search");
        await Program.RunAsync("login");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.DoesNotContain("warning", quiet.Error);
        Assert.Contains($"others can read your API key in '{KeyFile}' (mode 0644)", warned.Error);
        Assert.Equal(mode, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task A_damaged_key_file_is_named_without_its_content_and_logout_removes_it()
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(KeyFile, "marker-key", TestContext.Current.CancellationToken);

        var search = await Program.RunAsync("search", "--json");
        var logout = await Program.RunAsync("logout");

        Assert.Equal((1, "key-file-damaged"), (search.ExitCode, Code(search)));
        Assert.DoesNotContain("marker-key", search.Error);
        Assert.Equal(0, logout.ExitCode);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task A_key_file_of_a_newer_version_is_left_alone()
    {
        Directory.CreateDirectory(Home);
        const string newer = "{\"version\": 2, \"vault\": \"x\"}";
        await File.WriteAllTextAsync(KeyFile, newer, TestContext.Current.CancellationToken);
        Program.Input = SandboxOptions.DefaultKey;

        var login = await Program.RunAsync("login", "--json");
        var logout = await Program.RunAsync("logout", "--json");

        Assert.Equal(("key-file-newer-version", "key-file-newer-version"), (Code(login), Code(logout)));
        Assert.Equal(newer, await File.ReadAllTextAsync(KeyFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_a_whole_session_the_key_is_in_its_file_and_nowhere_else()
    {
        const string marker = "marker-key-5f1d0c7e";
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 20, Key = marker }, TestContext.Current.CancellationToken);
        var program = new Program(Home, Library, sandbox.Api) { Input = marker };
        var said = new StringBuilder();
        foreach (var line in new[] { "login --verbose", "whoami --verbose", "search --verbose", "info 4201 --verbose", "get 4201 4205 4219 999 --verbose", "get 4201 --json", "config list", "config set Http:MaxAttempts 3", "search --set Http:MaxAttempts=0" })
        {
            var ran = await program.RunAsync(line.Split(' '));
            said.Append(ran.Output).Append(ran.Error);
        }

        Assert.Contains(sandbox.Ledger.Requests, request => request.Authorization == "Bearer " + marker); // it was used
        Assert.DoesNotContain(marker, said.ToString());
        var holders = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(path => Contains(path, marker)).ToArray();
        Assert.Equal([KeyFile], holders);
        Assert.All(sandbox.Ledger.Requests.Where(request => request.Site != CivitaiDownloader.Sandbox.Ledger.SandboxSite.Api), request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task On_a_terminal_the_key_is_asked_for_and_not_shown()
    {
        using var terminal = Conversation.Start($"'{Program.Executable}' login; echo code $?; stty -a", Surroundings());
        await terminal.UntilAsync("(it is not shown): ");
        await terminal.TypeAsync("wrong\u007f\u007f\u0015" + SandboxOptions.DefaultKey[..4]);
        await terminal.TypeAsync(SandboxOptions.DefaultKey[4..] + "\r");
        await terminal.UntilAsync("code ");
        await terminal.EndAsync();

        Assert.Contains("code 0", terminal.Shown);
        Assert.DoesNotContain(SandboxOptions.DefaultKey[..4] + SandboxOptions.DefaultKey[4..], terminal.Shown.Replace(Sandbox.Api.AbsoluteUri, "", StringComparison.Ordinal));
        Assert.DoesNotContain("wrong", terminal.Shown);
        Assert.True(File.Exists(KeyFile));
        AssertRestored(terminal);
    }

    [Fact]
    public async Task Ctrl_C_at_the_question_ends_with_130_and_the_terminal_echoes_again()
    {
        using var terminal = Conversation.Start($"'{Program.Executable}' login; echo code $?; stty -a", Surroundings());
        await terminal.UntilAsync("(it is not shown): ");
        await terminal.TypeAsync("marker\u0003");
        await terminal.UntilAsync("code ");
        await terminal.EndAsync();

        Assert.Contains("code 130", terminal.Shown);
        Assert.DoesNotContain("marker", terminal.Shown);
        Assert.False(File.Exists(KeyFile));
        AssertRestored(terminal);
    }

    private static void AssertRestored(Conversation terminal)
    {
        Assert.Contains(" echo ", terminal.Shown);
        Assert.Contains(" icanon ", terminal.Shown.Replace("isig icanon", "isig icanon ", StringComparison.Ordinal));
    }

    private Dictionary<string, string> Surroundings() => new()
    {
        ["CIVITAI_DL_HOME"] = Home, ["CIVITAI_DL_LIBRARY"] = Library, ["CIVITAI_ENDPOINT"] = Sandbox.Api.AbsoluteUri, ["CIVITAI_API_KEY"] = "", ["TERM"] = "xterm",
    };

    private static bool Contains(string path, string marker)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(marker)) >= 0;
    }

    private static string? Text(Ran ran, string name) => ran.Json.GetProperty(name).GetString();

    private static string? Code(Ran ran) => ran.ErrorJson.GetProperty("code").GetString();
}
