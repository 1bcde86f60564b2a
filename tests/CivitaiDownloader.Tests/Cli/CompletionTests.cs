using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Completion;
using CivitaiDownloader.Cli.Help;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class CompletionTests : SandboxFixture
{
    [Theory]
    [InlineData("", "search")]
    [InlineData("", "help")]
    [InlineData("se", "search")]
    [InlineData("get --dr", "--dry-run")]
    [InlineData("get --js", "--json")]
    [InlineData("search --type lo", "LORA")]
    [InlineData("search --sort Most\u00a0D", "Most Downloaded")] // a no-break space stands for a blank inside a word
    [InlineData("search --period=A", "--period=AllTime")]
    [InlineData("--json search --period A", "AllTime")]
    [InlineData("--home somewhere get --fi", "--file")]
    [InlineData("search --checkpoint-type T", "Trained")]
    [InlineData("search --availability un", "Unsearchable")]
    [InlineData("search --archived o", "only")]
    [InlineData("completion z", "zsh")]
    [InlineData("help sa", "sandbox")]
    [InlineData("help config ", "unset")]
    [InlineData("help config ge", "get")]
    [InlineData("get 4201 --set Library:T", "Library:Template=")]
    [InlineData("sandbox --fault cu", "cut=")]
    [InlineData("sandbox --certificate ", ":files")]
    [InlineData("get --library ", ":folders")]
    public async Task The_last_word_is_completed(string line, string expected) => Assert.Contains(expected, await CompleteAsync(Words(line)));

    [Theory]
    [InlineData("search --rating ", "all pg pg13 r x xxx")]
    [InlineData("search --format ", "csv ids simple table")]
    [InlineData("search --columns ver", "version versions")]
    [InlineData("info --preview ", "always auto never")]
    [InlineData("get --format s", "SafeTensor")]
    public async Task Exactly_the_words_that_are_allowed_are_offered(string line, string expected) =>
        Assert.Equal(expected.Split(' '), (await CompleteAsync(Words(line))).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("search x se")]
    [InlineData("search -- --dr")]
    [InlineData("search --tag ")]
    [InlineData("nonsense --nons")]
    [InlineData("help get ")]
    [InlineData("help config list ")]
    [InlineData("help nonsense ")]
    public async Task Nothing_is_offered_where_nothing_is_known(string line) => Assert.Empty(await CompleteAsync(Words(line)));

    [Fact]
    public async Task Every_option_and_command_that_help_shows_is_offered()
    {
        foreach (var page in CommandPage.All(CivitaiDl.Root()).Where(page => !page.IsRoot))
        {
            var offered = await CompleteAsync([.. page.Path.Split(' ').Skip(1), "--"]);
            Assert.All(page.Command.Options.Where(option => !option.Hidden), option => Assert.Contains(option.Name, offered));
        }
    }

    [Fact]
    public async Task Models_seen_in_a_search_or_a_page_are_offered_as_targets()
    {
        await Program.RunAsync("search", "ink");
        await Program.RunAsync("info", "4203");

        var offered = await Program.RunAsync("__complete", "get", "42");

        Assert.StartsWith("4203\t", offered.Output); // the last seen comes first
        Assert.Contains("4201\tInk Wash Landscapes\n", offered.Output);
    }

    [Fact]
    public void What_is_kept_is_bounded_and_the_newest_stay()
    {
        Directory.CreateDirectory(Home);
        var recent = new RecentModels(Home);

        for (var i = 1; i <= RecentModels.Most + 50; i++) recent.Note([Named(i, "a")]);

        Assert.Equal(Enumerable.Range(51, RecentModels.Most).Reverse().Select(id => (long)id), recent.Read().Select(model => model.Id));
    }

    [Fact]
    public async Task Of_a_search_only_numbers_and_names_are_kept_while_it_runs()
    {
        Directory.CreateDirectory(Home);
        var cancellationToken = TestContext.Current.CancellationToken;
        var made = new List<WeakReference>();
        await using var models = new RecentModels(Home).NotingAsync(LargeAsync(made), cancellationToken).GetAsyncEnumerator(cancellationToken);
        for (var i = 0; i < 100; i++) Assert.True(await models.MoveNextAsync());

        GC.Collect();

        Assert.InRange(made.Count(model => model.IsAlive), 0, 3);
        Assert.False(await models.MoveNextAsync());
        Assert.Equal(100, new RecentModels(Home).Read().Count);
    }

    [Theory]
    [InlineData("two\nlines\tand a tab")]
    [InlineData("\u001b[31mred\u202E")]
    [InlineData("$(rm -rf ~)`x`;|&'\"")]
    public async Task A_hostile_name_stays_one_harmless_line(string name)
    {
        Directory.CreateDirectory(Home);
        new RecentModels(Home).Note([Named(77, name)]);

        var ran = await Program.RunAsync("__complete", "get", "77");

        Assert.Equal(["77", ":files"], ran.Output.TrimEnd('\n').Split('\n').Select(line => line.Split('\t')[0]));
        Assert.DoesNotContain(ran.Output, letter => (char.IsControl(letter) && letter is not ('\t' or '\n')) || letter == '\u202E');
    }

    [Theory]
    [InlineData("no number\tname")]
    [InlineData("-5\tname")]
    [InlineData("12")]
    [InlineData("\0\0\0")]
    public async Task A_file_that_somebody_spoilt_is_read_without_its_wrong_lines(string line)
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Home, "recent-models"), $"{line}\n42\tgood\n", TestContext.Current.CancellationToken);

        Assert.Equal([42L], new RecentModels(Home).Read().Select(model => model.Id));
    }

    [Theory]
    [InlineData("civitai-dl sea", "search")]
    [InlineData("civitai-dl help config l", "list")]
    [InlineData("civitai-dl search --type Wor", "Workflows")]
    [InlineData("civitai-dl search --sort Most\\ Dow", "")] // a quoted blank is not taken apart
    [InlineData("civitai-dl search --sort Hi", "Highest\\ Rated")]
    [InlineData("civitai-dl search --period=All", "AllTime")]
    [InlineData("civitai-dl get 77", "77")]
    [InlineData("civitai-dl get --set Library:T", "Template=")]
    [InlineData("civitai-dl get --output wi", "with blank")]
    public async Task Bash_completes(string line, string expected)
    {
        if (!File.Exists("/bin/bash")) Assert.Skip("Needs bash.");
        await PrepareAsync();
        const string Harness = """
            cd "$1"; source ./script
            COMP_LINE=$2; COMP_POINT=${#COMP_LINE}; COMP_WORDBREAKS=$' \t\n"\'@><=;|&(:'
            _civitai_dl; printf '%s\n' "${COMPREPLY[@]}"
            """;

        var ran = await Program.RunFileAsync("/bin/bash", "-c", Harness, "bash", Folder, line);

        Assert.Equal((0, expected), (ran.ExitCode, ran.Output.TrimEnd('\n')));
        Assert.Empty(ran.Error);
    }

    [Theory]
    [InlineData("sea", "search:Looks for models.")]
    [InlineData("search --type Wor", "Workflows")]
    [InlineData("get 77", "77:It's \\$(odd)")]
    public async Task Zsh_completes(string line, string expected)
    {
        if (!File.Exists("/usr/bin/zsh")) Assert.Skip("Needs zsh.");
        await PrepareAsync("zsh");
        const string Harness = """
            cd "$1"; shift
            compdef() { :; }; _files() { :; }
            _describe() { print -rl -- "${(@P)3}"; }
            source ./script
            words=(civitai-dl "$@"); CURRENT=$#words
            _civitai-dl
            """;

        var ran = await Program.RunFileAsync("/usr/bin/zsh", ["-f", "-c", Harness, "zsh", Folder, .. line.Split(' ')]);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Contains(expected.Replace("\\$", "$", StringComparison.Ordinal), ran.Output);
    }

    [Theory]
    [InlineData("civitai-dl sea", "search\tLooks for models.")]
    [InlineData("civitai-dl search --type Wor", "Workflows")]
    [InlineData("civitai-dl search --sort Hi", "Highest Rated")]
    [InlineData("civitai-dl get 77", "77\tIt's $(odd)")]
    public async Task Fish_completes(string line, string expected)
    {
        if (!File.Exists("/usr/bin/fish")) Assert.Skip("Needs fish.");
        await PrepareAsync("fish");

        var ran = await Program.RunFileAsync("/usr/bin/fish", "-N", "-c", "cd $argv[1]; source ./script; complete -C $argv[2]", Folder, line);

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains(expected, ran.Output);
    }

    [Fact]
    public async Task PowerShell_is_given_a_script_it_can_read()
    {
        var pwsh = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "pwsh")).FirstOrDefault(File.Exists);
        if (pwsh is null) Assert.Skip("Needs PowerShell.");
        await PrepareAsync("pwsh");

        var ran = await Program.RunFileAsync(pwsh, "-NoProfile", "-File", Path.Combine(Folder, "script"));

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
    }

    // In the folder: the script, a file with a blank in its name, and the program first on the PATH; a model with an odd name was seen.
    private async Task PrepareAsync(string shell = "bash")
    {
        Directory.CreateDirectory(Home);
        new RecentModels(Home).Note([Named(77, "It's $(odd)")]);
        await File.WriteAllTextAsync(Path.Combine(Folder, "script"), (await Program.RunAsync("completion", shell)).Output, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "with blank"), "", TestContext.Current.CancellationToken);
        Program.Variables["PATH"] = $"{Path.GetDirectoryName(Program.Executable)}:{Environment.GetEnvironmentVariable("PATH")}";
        Program.Variables["HOME"] = Folder;
    }

    private static async IAsyncEnumerable<Model> LargeAsync(List<WeakReference> made)
    {
        await Task.CompletedTask;
        for (var id = 1; id <= 100; id++) yield return Make(id, made);

        static Model Make(int id, List<WeakReference> made)
        {
            var model = new Model { Id = new(id), Name = $"model {id}", Type = "LORA", Json = new byte[100_000] };
            made.Add(new(model));
            return model;
        }
    }

    private static string[] Words(string line) => [.. line.Split(' ').Select(word => word.Replace('\u00a0', ' '))];

    private async Task<string[]> CompleteAsync(string[] words)
    {
        var ran = await Program.RunAsync(["__complete", .. words]);
        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        return [.. ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
    }

    private static RecentModel Named(int id, string name) => RecentModel.Of(id, name);
}
