using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Rendering;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed partial class ScanTests : IDisposable
{
    private static readonly byte[] Strange = [0xFF, 0x00, 0xFE, 0x01];

    private readonly TemporaryFolder _folder = new(OperatingSystem.IsWindows() ? null : "/tmp");
    private readonly Program _program;

    public ScanTests()
    {
        Directory.CreateDirectory(_folder["models"]);
        _program = new(_folder["home"], _folder["library"], new("http://127.0.0.1:1/")) { WorkingFolder = _folder.Path }; // nobody is asked
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_clean_folder_is_done()
    {
        Put("a/pack.tar", Tar("notes.txt"));
        Put("notes.txt", []);

        var ran = await _program.RunAsync("scan", "models");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Output));
        Assert.Matches(@"^2 files: 2 clean\. [0-9.]+ KiB in [0-9.]+ s\.\n$", ran.Error);
    }

    [Fact]
    public async Task The_worst_decides_the_exit_code()
    {
        Put("a.txt", []);
        Put("b.bin", Strange);
        Assert.Equal(3, (await _program.RunAsync("scan", "models")).ExitCode);

        Put("c.ckpt", Dangerous);
        var ran = await _program.RunAsync("scan", "models");

        Assert.Equal(8, ran.ExitCode);
        Assert.Equal(["suspicious", "dangerous"], ran.Output.Split('\n')[1..3].Select(line => line.Split(' ')[0]));
        Assert.Contains("3 files: 1 clean, 1 suspicious, 1 dangerous.", ran.Error);
        Assert.Contains("c.ckpt", ran.Output);
        Assert.DoesNotContain("a.txt", ran.Output);
    }

    [Fact]
    public async Task Clean_files_are_listed_when_asked_for()
    {
        Put("a.txt", []);
        Put("b.bin", Strange);

        var ran = await _program.RunAsync("scan", "models", "--all");

        Assert.Contains("clean       models/a.txt", ran.Output.Replace('\\', '/'));
    }

    [Fact]
    public async Task One_file_is_told_in_full()
    {
        Put("b.bin", Strange);

        var ran = await _program.RunAsync("scan", "models/b.bin");

        Assert.StartsWith("suspicious  models/b.bin\n  unknown content, 4 B\n  sha256 ", ran.Output);
        Assert.Contains("(content-unknown, certain)\n  4 bytes that no known format begins like\n", ran.Output);
        Assert.Contains("\n  Next: ", ran.Output);
    }

    [Fact]
    public async Task Every_file_of_a_folder_is_looked_at_whatever_it_is_called()
    {
        Put("readme", Strange);
        Put(".hidden/x.PNG", Strange);
        Put("deep/er/model.safetensors", []);

        var files = (await _program.RunAsync("scan", "models", "--json")).Json.GetProperty("files").EnumerateArray().ToArray();

        Assert.Equal([".hidden/x.PNG", "deep/er/model.safetensors", "readme"], files.Select(file => Path.GetRelativePath(_folder["models"], Text(file, "path")!).Replace('\\', '/')));
    }

    [Fact]
    public async Task The_document_has_the_properties_of_its_tables()
    {
        Put("b.bin", Strange);

        var json = (await _program.RunAsync("scan", "models", "--json")).Json;

        var file = json.GetProperty("files")[0];
        Assert.Equal(["files", "skipped", "rules", "ruleSet"], Names(json));
        Assert.Equal(DocumentTable.Names("property of a scanned file"), Names(file));
        Assert.Equal(DocumentTable.Names("property of a finding").Order(), Names(file.GetProperty("findings")[0]).Order());
        Assert.Equal(DocumentTable.Names("property of a rule"), Names(json.GetProperty("rules")[0]));
        Assert.Equal(("suspicious", "unknown", 4, "content-unknown"), (Text(file, "verdict"), Text(file, "content"), file.GetProperty("bytes").GetInt64(), Text(json.GetProperty("rules")[0], "id")));
    }

    [Fact]
    public async Task What_was_scanned_before_is_recalled_unless_it_is_asked_for_anew()
    {
        Put("b.bin", Strange);
        await _program.RunAsync("scan", "models");

        var again = await _program.RunAsync("scan", "models");
        var anew = await _program.RunAsync("scan", "models", "--no-cache", "--json");

        Assert.Equal(3, again.ExitCode);
        Assert.Contains("; 1 known from before.", again.Error);
        Assert.False(anew.Json.GetProperty("files")[0].GetProperty("fromCache").GetBoolean());
    }

    [Fact]
    public async Task What_cannot_be_looked_at_is_unknown_and_never_clean()
    {
        Put("a.txt", []);
        File.CreateSymbolicLink(_folder["models/gone.pt"], _folder["nowhere.pt"]);

        var both = await _program.RunAsync("scan", "models", "--json");
        var alone = await _program.RunAsync("scan", "models/never.pt");

        Assert.Equal(3, both.ExitCode);
        Assert.Equal(["clean", "unknown"], both.Json.GetProperty("files").EnumerateArray().Select(file => Text(file, "verdict")));
        Assert.Contains("nowhere.pt", both.ErrorJson.GetProperty("message").GetString());
        Assert.Equal((5, ""), (alone.ExitCode, alone.Output));
        Assert.Contains("error: There is no file or folder 'models/never.pt'.\n", alone.Error);
        Assert.Contains("1 file: 1 unknown.", alone.Error);
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_unknown()
    {
        Put("mine.pt", Strange);
        if (OperatingSystem.IsWindows() || Environment.UserName == "root") Assert.Skip("Root may read everything.");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["models/mine.pt"], UnixFileMode.None);

        var ran = await _program.RunAsync("scan", "models", "--json");

        Assert.Equal((1, "unknown", "not-readable"), (ran.ExitCode, Text(ran.Json.GetProperty("files")[0], "verdict"), ran.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_pipe_is_skipped_in_a_folder_and_refused_by_name()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Pipes with names among files are Unix's.");
        using (var made = Process.Start("mkfifo", [_folder["models/pipe.pt"]])) await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        var folder = await _program.RunAsync("scan", "models", "--json");
        var named = await _program.RunAsync("scan", "models/pipe.pt", "--json");

        Assert.Equal((0, 0), (folder.ExitCode, folder.Json.GetProperty("files").GetArrayLength()));
        Assert.Equal(_folder["models/pipe.pt"], Assert.Single(folder.Json.GetProperty("skipped").EnumerateArray()).GetString());
        Assert.Equal((2, "not-a-regular-file"), (named.ExitCode, named.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_empty_folder_is_no_mistake()
    {
        var ran = await _program.RunAsync("scan", "models");

        Assert.Equal((0, "", "There are no files here.\n"), (ran.ExitCode, ran.Output, ran.Error));
    }

    [Theory]
    [InlineData("4201")]
    [InlineData("4201@42010")]
    [InlineData("https://civitai.com/models/4201")]
    public async Task A_target_is_not_scanned_and_it_is_said_what_to_do(string target)
    {
        var ran = await _program.RunAsync("scan", target, "--json");

        Assert.Equal((5, "no-such-path"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("civitai-dl get", ran.ErrorJson.GetProperty("hint").GetString());
    }

    [Fact]
    public async Task No_room_to_unpack_is_told_as_that_and_is_no_finding()
    {
        var member = new byte[12 << 20]; // more than is kept in memory
        new Random(7).NextBytes(member.AsSpan(0, member.Length / 4));
        using (var zip = ZipFile.Open(_folder["models/a.zip"], ZipArchiveMode.Create))
        using (var written = zip.CreateEntry("a.bin").Open()) written.Write(member);
        _program.Variables["TMPDIR"] = _program.Variables["TMP"] = _folder["nowhere"];

        var ran = await _program.RunAsync("scan", "models/a.zip", "--json");

        Assert.Equal((9, "no-space"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("TMPDIR", ran.ErrorJson.GetProperty("hint").GetString());
        Assert.Equal("unknown", ran.Json.GetProperty("files")[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task An_output_that_was_closed_beforehand_is_told_as_that()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell closes it.");
        Put("b.bin", Strange);

        var ran = await _program.RunFileAsync("/bin/sh", "-c", $"exec '{Program.Executable}' scan models/b.bin >&-");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("Standard output cannot be written", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_not_taken_for_a_target()
    {
        var ran = await _program.RunAsync("scan", "models/4201.safetensors", "--json");

        Assert.Equal((5, "no-such-path"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.DoesNotContain("civitai-dl get", ran.ErrorJson.GetProperty("hint").GetString());
    }

    [Theory]
    [InlineData("Nothing to scan was named")]
    [InlineData("--sarif and --json exclude each other", "models", "--sarif", "--json")]
    [InlineData("--explain is about a rule", "models", "--explain", "all")]
    [InlineData("--markdown goes with --explain", "models", "--markdown")]
    [InlineData("--sarif goes with paths", "--explain", "all", "--sarif")]
    [InlineData("A path is empty", "")]
    [InlineData("'0' is not a number of readers", "models", "--readers", "0")]
    [InlineData("There is no rule 'content-unkown'", "--explain", "content-unkown")]
    [InlineData("There is no rule '\uFFFD[31m'", "--explain", "\u001b[31m")]
    [InlineData("There is no rule ''", "--explain", "")]
    public async Task A_mistake_on_the_command_line_is_named(string said, params string[] words)
    {
        var ran = await _program.RunAsync(["scan", .. words]);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(said, ran.Error.Replace("\\u0027", "'", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder["home"]) && Directory.EnumerateFiles(_folder["home"]).Any() && words is ["--explain", ..], "a rule needs no database");
    }

    [Fact]
    public async Task A_misspelt_rule_is_answered_with_what_was_meant() =>
        Assert.Contains("Did you mean 'content-unknown'?", (await _program.RunAsync("scan", "--explain", "content-unkown")).Error);

    [Fact]
    public async Task A_rule_is_explained_to_people_and_programs()
    {
        var text = await _program.RunAsync("scan", "--explain", "name-mismatch");
        var json = await _program.RunAsync("scan", "--explain", "name-mismatch", "--json");
        var all = await _program.RunAsync("scan", "--explain", "all", "--json");

        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.StartsWith("name-mismatch\n", text.Output);
        Assert.Contains("  Why: ", text.Output);
        Assert.Equal("name-mismatch", Text(Assert.Single(json.Json.GetProperty("rules").EnumerateArray()), "id"));
        Assert.True(all.Json.GetProperty("rules").GetArrayLength() > 7);
    }

    [Fact]
    public async Task A_large_file_has_its_hash_only_when_asked_for()
    {
        using (var file = File.Create(_folder["models/large.bin"])) file.SetLength((64L << 20) + 1);

        var without = await _program.RunAsync("scan", "models", "--json");
        var with = await _program.RunAsync("scan", "models", "--json", "--hash");

        Assert.Null(Text(without.Json.GetProperty("files")[0], "sha256"));
        Assert.Equal(64, Text(with.Json.GetProperty("files")[0], "sha256")?.Length);
    }

    [Fact]
    public async Task A_thousand_files_are_all_answered()
    {
        for (var index = 0; index < 1000; index++) Put($"{index % 10}/{index}.tar", Tar($"{index}.txt"));
        Put("5/odd.bin", Strange);

        var ran = await _program.RunAsync("scan", "models");

        Assert.Contains("1,001 files: 1,000 clean, 1 suspicious.", ran.Error);
        Assert.Equal(2, ran.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task What_a_person_sees_fits_and_is_harmless(int columns)
    {
        _program.Variables["LANG"] = "C.UTF-8";
        _program.Variables["TERM"] = "dumb";
        Put("clean.txt", []);
        Put("水彩の風景と桜のとても長い名前_最終版.ckpt", Dangerous);
        Put("cinematic-lighting-for-portraits_v1.0-fp16.safetensors", []);
        Put("evil\u001b[31m\u202Ename\n.bin", Strange);
        Put("pack.tar", Tar("../\u001b[31m\u202Eevil\n.txt"));

        var one = await Terminal.RunAsync(_program, columns, "scan", "models/pack.tar");
        var many = await Terminal.RunAsync(_program, columns, "scan", "models", "models/nothing.pt");
        var rule = await Terminal.RunAsync(_program, columns, "scan", "--explain", "name-mismatch");

        foreach (var (name, ran) in new[] { ("scan-file", one), ("scan-folder", many), ("scan-explain", rule) })
        {
            Assert.DoesNotContain('\u001b', ran.Output);
            Assert.DoesNotContain('\u202E', ran.Output);
            Assert.All(ran.Output.Split('\n'), line => Assert.True(DisplayText.Width(line) <= columns || !line.Trim().Contains(' ', StringComparison.Ordinal), line));
            Snapshot.Check($"{name}-{columns}", Took().Replace(ran.Output, "in #.# s"));
        }
    }

    private static byte[] Dangerous
    {
        get
        {
            var elf = new byte[128]; // a head and nothing to run
            "\u007fELF\u0002\u0001\u0001"u8.CopyTo(elf);
            elf[16] = 2; // executable
            elf[18] = 62; // x86-64
            elf[20] = 1;
            elf[52] = 64; // of the head
            return elf;
        }
    }

    private static byte[] Tar(string member)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, TarEntryFormat.Gnu, leaveOpen: true)) tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, member) { ModificationTime = DateTimeOffset.UnixEpoch });
        return packed.ToArray();
    }

    private void Put(string name, ReadOnlySpan<byte> bytes)
    {
        var path = _folder["models/" + name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    [GeneratedRegex("in\\s+[0-9.]+ s")]
    private static partial Regex Took();
}
