using System.Text.Json;
using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Tests.Audit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>The audit log as people and programs use it, in real processes.</summary>
public sealed partial class AuditTests : IDisposable
{
    private static readonly byte[] Strange = [0xFF, 0x00, 0xFE, 0x01];

    private readonly TemporaryFolder _folder = new(OperatingSystem.IsWindows() ? null : "/tmp");
    private readonly Program _program;

    public AuditTests()
    {
        Directory.CreateDirectory(_folder["models"]);
        _program = new(_folder["home"], _folder["library"], new("http://127.0.0.1:1/")) { WorkingFolder = _folder.Path };
    }

    private string DatabaseFile => _folder["home/civitai-dl.db"];

    public static TheoryData<int> Widths => [40, 80, 120, 200];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_new_verdict_of_a_scan_is_recorded_once()
    {
        Put("b.bin", Strange);
        Put("a.txt", "hello"u8);
        File.CreateSymbolicLink(_folder["models/gone.pt"], _folder["nowhere.pt"]);
        await _program.RunAsync("scan", "models", "models/never.pt");
        await _program.RunAsync("scan", "models");
        await _program.RunAsync("scan", "models", "--no-cache");

        var records = await ListAsync();

        var strange = Assert.Single(records, record => Text(record, "path") == _folder["models/b.bin"]);
        Assert.Equal(2, records.Length); // of what is not there nobody has a verdict
        Assert.Equal(("verdict", "suspicious", "unknown", 4, "content-unknown"), (Text(strange, "kind"), Fact(strange, "verdict"), Fact(strange, "content"), strange.GetProperty("facts").GetProperty("bytes").GetInt64(), strange.GetProperty("facts").GetProperty("findings")[0].GetString()));
        Assert.Equal(64, Text(strange, "sha256")!.Length);
        Assert.NotEmpty(Fact(strange, "ruleSet")!);
    }

    [Fact]
    public async Task Changed_bytes_under_the_same_name_are_a_new_verdict()
    {
        Put("b.bin", Strange);
        await _program.RunAsync("scan", "models");
        Put("b.bin", "quite harmless"u8);
        await _program.RunAsync("scan", "models");

        Assert.Equal(2, (await ListAsync()).Select(record => Text(record, "sha256")).Distinct().Count());
    }

    [Fact]
    public async Task Two_processes_at_once_make_one_chain()
    {
        foreach (var number in Enumerable.Range(0, 3000)) Put($"{number % 2}/{number}.txt", System.Text.Encoding.UTF8.GetBytes($"note {number}"));

        var ran = await Task.WhenAll(_program.RunAsync("scan", "models/0"), _program.RunAsync("scan", "models/1"));

        Assert.All(ran, one => Assert.True(one.ExitCode == 0, one.Error));
        var json = (await _program.RunAsync("audit", "verify", "--json")).Json;
        Assert.Equal((true, 3000, 0), (json.GetProperty("whole").GetBoolean(), json.GetProperty("records").GetInt64(), json.GetProperty("behindHead").GetInt64()));
    }

    [Fact]
    public async Task Killed_between_the_records_and_the_head_the_log_is_whole()
    {
        Put("a.txt", "one"u8);
        await _program.RunAsync("scan", "models");
        Put("b.txt", "two"u8);
        using (new FileStream(_folder["home/.audit.head.lock"], FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)) // so it waits with the head
        using (var process = _program.Start("scan", "models"))
        {
            Assert.True(SpinWait.SpinUntil(() => process.HasExited || Rows() == 2, TimeSpan.FromSeconds(60)));
            Assert.False(process.HasExited);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var killed = await _program.RunAsync("audit", "verify");
        Put("c.txt", "three"u8);
        await _program.RunAsync("scan", "models");
        var after = (await _program.RunAsync("audit", "verify", "--json")).Json;

        Assert.Equal(0, killed.ExitCode);
        Assert.StartsWith("whole, 2 records\nhead ", killed.Output);
        Assert.Contains("1 record at the end is not in audit.head yet", killed.Error);
        Assert.Equal((true, 3, 0), (after.GetProperty("whole").GetBoolean(), after.GetProperty("records").GetInt64(), after.GetProperty("behindHead").GetInt64()));
    }

    [Fact]
    public async Task A_damaged_log_ends_with_7_and_names_the_record()
    {
        await ScanHostileAsync();
        Tamper("UPDATE audit_record SET facts = replace(facts, 'suspicious', 'clean') WHERE seq = 2");

        var ran = await _program.RunAsync("audit", "verify");
        var json = await _program.RunAsync("audit", "verify", "--json");

        Assert.Equal((7, 7), (ran.ExitCode, json.ExitCode));
        Assert.StartsWith("damaged, 4 records\nhead ", ran.Output);
        Assert.Contains("\naltered: record 2 is not what its hash was computed of\n", ran.Output);
        Assert.Contains("error: The audit log is damaged: record 2 is not what its hash was computed of.\n", ran.Error);
        Assert.Equal("audit-damaged", json.ErrorJson.GetProperty("code").GetString());
        Assert.Equal((2, "altered"), (json.Json.GetProperty("problems")[0].GetProperty("seq").GetInt64(), Text(json.Json.GetProperty("problems")[0], "kind")));
    }

    [Fact]
    public async Task A_log_cut_at_its_end_is_told_before_and_after_the_next_scan()
    {
        await ScanHostileAsync();
        Tamper("DELETE FROM audit_record WHERE seq > 2");

        var cut = await _program.RunAsync("audit", "verify");
        Put("new.txt", "new"u8);
        await _program.RunAsync("scan", "models");
        var after = await _program.RunAsync("audit", "verify");

        Assert.Contains("cut: records 3 to 4 are missing at the end: the head counts 4\n", cut.Output);
        Assert.Equal((7, 7), (cut.ExitCode, after.ExitCode));
        Assert.Contains("noted: record 3 tells of damage found at ", after.Output);
    }

    [Fact]
    public async Task A_head_kept_elsewhere_is_asked_for()
    {
        await ScanHostileAsync();
        var head = (await _program.RunAsync("audit", "verify")).Output.Split("head ")[1].Trim();
        Put("new.txt", "new"u8);
        await _program.RunAsync("scan", "models");

        var kept = await _program.RunAsync("audit", "verify", "--head", head.ToUpperInvariant());
        var strange = await _program.RunAsync("audit", "verify", "--head", new string('b', 64));

        Assert.Equal(0, kept.ExitCode);
        Assert.Contains("The head you gave is that of record 4;", kept.Error);
        Assert.Equal(7, strange.ExitCode);
        Assert.Contains("rewritten: no record has the hash that was given", strange.Output);
    }

    [Fact]
    public async Task An_export_is_verified_by_the_document_alone()
    {
        await ScanHostileAsync();

        var file = await _program.RunAsync("audit", "export", "--output", "log.jsonl");
        var standard = await _program.RunAsync("audit", "export");

        var lines = await File.ReadAllTextAsync(_folder["log.jsonl"], TestContext.Current.CancellationToken);
        Assert.Equal((0, lines), (file.ExitCode, standard.Output));
        Assert.Equal(4, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Null(IndependentCheck.FirstDamaged(lines));
        Assert.Equal(3, IndependentCheck.FirstDamaged(string.Join('\n', lines.Split('\n').Where((_, index) => index != 2))));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["log.jsonl"]));
        await VerifyInPythonAsync();
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Hostile_names_are_shown_harmless_at_every_width(int columns)
    {
        await ScanHostileAsync();
        (_program.Variables["LANG"], _program.Variables["TERM"]) = ("C.UTF-8", "dumb"); // no colour, and no bar that comes and goes

        var list = await Terminal.RunAsync(_program, columns, "audit", "list");
        var export = await Terminal.RunAsync(_program, columns, "audit", "export");

        foreach (var shown in new[] { list.Output, export.Output })
        {
            Assert.DoesNotContain('\u001b', shown);
            Assert.DoesNotContain('\u202E', shown);
            Assert.DoesNotContain('\u009b', shown);
        }

        Assert.All(list.Output.Split('\n'), line => Assert.True(DisplayText.Width(line) <= columns, line));
        Snapshot.Check($"audit-list-{columns}", Folder().Replace(Time().Replace(list.Output, "2026-11-29 22:00:00"), digits => new('0', digits.Length)));
    }

    [Fact]
    public async Task The_documents_have_the_properties_of_their_tables()
    {
        await ScanHostileAsync();
        Tamper("DELETE FROM audit_record WHERE seq = 4");

        var list = (await _program.RunAsync("audit", "list", "--json")).Json;
        var verify = (await _program.RunAsync("audit", "verify", "--json")).Json;

        Assert.Equal(["records"], Names(list));
        Assert.All(list.GetProperty("records").EnumerateArray(), record => Assert.Equal(DocumentTable.Names("property of a record"), Names(record)));
        Assert.Equal(DocumentTable.Names("property of a check of the log"), Names(verify));
        Assert.All(verify.GetProperty("problems").EnumerateArray(), problem => Assert.Equal(DocumentTable.Names("property of a problem of the log"), Names(problem)));
    }

    [Fact]
    public async Task The_table_shows_the_newest_and_says_how_many_there_are()
    {
        foreach (var number in Enumerable.Range(0, 130)) Put($"{number}.txt", System.Text.Encoding.UTF8.GetBytes($"note {number}"));
        await _program.RunAsync("scan", "models");

        var newest = await _program.RunAsync("audit", "list");
        var all = await _program.RunAsync("audit", "list", "--all", "--since", "1h", "--kind", "verdict");
        var none = await _program.RunAsync("audit", "list", "--kind", "release");

        Assert.Equal((101, 131), (newest.Output.Trim('\n').Split('\n').Length, all.Output.Trim('\n').Split('\n').Length));
        Assert.Equal("30 older records: --all shows them.\n", newest.Error);
        Assert.Equal((0, "", "There is no such record.\n"), (none.ExitCode, none.Output, none.Error));
    }

    [Fact]
    public async Task An_empty_log_says_what_fills_it()
    {
        var list = await _program.RunAsync("audit", "list");
        var verify = await _program.RunAsync("audit", "verify");
        var export = await _program.RunAsync("audit", "export");

        Assert.Equal((0, "", "The audit log is empty: `civitai-dl scan` writes its verdicts there.\n"), (list.ExitCode, list.Output, list.Error));
        Assert.Equal((0, $"whole, 0 records\nhead {new string('0', 64)}\n"), (verify.ExitCode, verify.Output));
        Assert.Equal((0, ""), (export.ExitCode, export.Output));
    }

    [Theory]
    [InlineData("list --since yesterday", "'yesterday' is not a date")]
    [InlineData("list --kind verdit", "'verdit' is not a kind (did you mean 'verdict'?): give one of verdict, release, delete, policy, override, damage.")]
    [InlineData("verify --head abc", "'abc' is not a head: give the 64 hexadecimal digits")]
    [InlineData("export --output taken.jsonl", "'taken.jsonl' is there already.")]
    [InlineData("export --output nowhere/log.jsonl", "'nowhere/log.jsonl' cannot be written: ")]
    public async Task A_mistake_is_named_and_nothing_is_done(string line, string message)
    {
        await File.WriteAllTextAsync(_folder["taken.jsonl"], "mine", TestContext.Current.CancellationToken);

        var ran = await _program.RunAsync(["audit", .. line.Split(' ')]);

        Assert.Equal((line.Contains("nowhere", StringComparison.Ordinal) ? 1 : 2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(message, ran.Error);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["taken.jsonl"], TestContext.Current.CancellationToken));
    }

    // Four records, always in this order: the largest file first, one reader.
    private async Task ScanHostileAsync()
    {
        Put("桜🦊 a long enough name for every terminal to be cut somewhere in its middle.txt", new string('x', 400).Select(unit => (byte)unit).ToArray());
        Put("evil\u001b[31m\u202E\u009bname\n.bin", [.. Strange, .. Strange, .. Strange]);
        Put("b.bin", Strange);
        Put("a.txt", "x"u8);
        await _program.RunAsync("scan", "models", "--readers", "1");
        Assert.Equal(4, Rows());
    }

    private async Task VerifyInPythonAsync()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "formats", "audit.md"), TestContext.Current.CancellationToken);
        var script = page.Split("```python\n")[1].Split("```")[0];
        if (!File.Exists("/usr/bin/python3")) return;

        var ran = await _program.RunFileAsync("/usr/bin/python3", "-c", script, _folder["log.jsonl"]);

        Assert.Equal((0, (await _program.RunAsync("audit", "verify")).Output.Replace("\n", " ", StringComparison.Ordinal)), (ran.ExitCode, ran.Output.Replace("records, head", "records head", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal)));
    }

    private async Task<JsonElement[]> ListAsync() => [.. (await _program.RunAsync("audit", "list", "--json")).Json.GetProperty("records").EnumerateArray()];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string? Fact(JsonElement record, string name) => Text(record.GetProperty("facts"), name);

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private void Put(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(_folder["models"], name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private long Rows()
    {
        using var connection = Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM audit_record";
        return (long)count.ExecuteScalar()!;
    }

    private void Tamper(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DROP TRIGGER audit_record_stays; DROP TRIGGER audit_record_is_final; " + sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        return connection;
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")]
    private static partial Regex Time();

    [GeneratedRegex("(?<=[-…])[0-9a-f]{1,6}(?=/models|/mo…)")] // what is left of the folder's name
    private static partial Regex Folder();
}
