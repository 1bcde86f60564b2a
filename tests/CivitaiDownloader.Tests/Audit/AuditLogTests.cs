using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Audit;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private static readonly ContentHash Some = ContentHash.Parse(HashKind.Sha256, new string('a', 64));

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 22, 0, 0, 123, TimeSpan.Zero));
    private Database _database;

    public AuditLogTests() => _database = Open();

    private string HeadFile => _folder["audit.head"];

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_empty_log_is_whole() => Assert.Equal((true, 0L, new string('0', 64)), (Verify().IsWhole, Verify().Count, Verify().Head));

    [Fact]
    public void Each_record_names_the_one_before_it_and_the_head_is_kept()
    {
        Append(5);

        var records = Records();
        Assert.Equal(Enumerable.Range(1, 5).Select(number => (long)number), records.Select(record => record.Sequence));
        Assert.Equal(records[..4].Select(record => record.Hash).Prepend(AuditRecord.NoHash), records.Select(record => record.Previous));
        Assert.Equal((true, 5, records[4].Hash, 0), (Verify().IsWhole, Verify().Count, Verify().Head, Verify().BehindHead));
        Assert.Equal($"{{\"version\":1,\"count\":5,\"hash\":\"{records[4].Hash}\"}}\n", File.ReadAllText(HeadFile));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(HeadFile));
    }

    [Fact]
    public void A_record_comes_back_as_it_was_given()
    {
        Log().Append([new(AuditKind.Override, new() { { "reason", "\u0001\u001f\u007f\u0085\u202E\"\\/桜🦊\n\ud800" }, { "bytes", 1L << 53 }, { "ids", ["b", "a"] }, { "none", (string?)null } }) { Path = "/m/\u001b[31m\u202Eevil\n.pt", Sha256 = Some }]);

        var record = Assert.Single(Records());

        Assert.Equal(("override", "/m/\u001b[31m\u202Eevil\n.pt", Some.Hex, "2026-11-29T22:00:00.123Z"), (record.Kind, record.Path, record.Sha256, record.AtText));
        Assert.Equal("{\"bytes\":9007199254740992,\"ids\":[\"b\",\"a\"],\"reason\":\"\\u0001\\u001f\u007f\u0085\u202E\\\"\\\\/桜🦊\\n\uFFFD\"}", record.Facts);
        Assert.True(Verify().IsWhole);
    }

    [Theory]
    [InlineData("UPDATE audit_record SET facts = '{\"verdict\":\"clean\"}' WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET facts = facts || ' ' WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET facts = 'x' WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET path = '/elsewhere' WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET path = NULL WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET sha256 = NULL WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET at = at + 1 WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET at = 9223372036854775807 WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET kind = 'release' WHERE seq = 3", "altered 3")]
    [InlineData("UPDATE audit_record SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 3", "altered 3, out-of-order 4")]
    [InlineData("UPDATE audit_record SET previous = hash WHERE seq = 3", "out-of-order 3, altered 3")]
    [InlineData("DELETE FROM audit_record WHERE seq = 3", "missing 4")]
    [InlineData("DELETE FROM audit_record WHERE seq IN (1, 3, 4)", "missing 2, missing 5")]
    [InlineData("UPDATE audit_record SET seq = 99 WHERE seq = 3; UPDATE audit_record SET seq = 3 WHERE seq = 4; UPDATE audit_record SET seq = 4 WHERE seq = 99", "out-of-order 3, altered 3, out-of-order 4, altered 4, out-of-order 5")]
    [InlineData("UPDATE audit_record SET seq = -seq; DELETE FROM audit_record WHERE seq = -3; UPDATE audit_record SET seq = -seq - (seq < -3)", "out-of-order 3, altered 3, altered 4, cut 5")]
    [InlineData("DELETE FROM audit_record WHERE seq > 3", "cut 5")]
    [InlineData("DELETE FROM audit_record", "cut 5")]
    public void Whatever_is_done_to_the_rows_is_named(string sql, string expected)
    {
        Append(5);

        Tamper(sql);

        Assert.Equal(expected, Problems());
    }

    [Fact]
    public void A_record_put_in_with_a_hash_of_its_own_is_named()
    {
        Append(5);
        var third = Records()[2];
        var forged = Forge(4, third.Hash);

        Tamper($"UPDATE audit_record SET seq = -seq - 1 WHERE seq > 3; UPDATE audit_record SET seq = -seq WHERE seq < 0; {forged}");

        Assert.Equal("out-of-order 5, altered 5, altered 6, cut 5", Problems());
    }

    [Fact]
    public void A_record_put_behind_the_last_is_taken_for_one_that_is_not_in_the_head_yet()
    {
        Append(5);

        Tamper(Forge(6, Records()[4].Hash)); // docs/formats/audit.md promises no more: nobody without a key can tell who wrote it

        Assert.Equal((true, 1), (Verify().IsWhole, Verify().BehindHead));
    }

    [Fact]
    public void A_chain_made_anew_does_not_have_the_head_that_was_kept()
    {
        Append(3);
        var head = Verify().Head;

        Tamper("DELETE FROM audit_record WHERE seq = 3; " + Forge(3, Records()[1].Hash));

        Assert.Equal("cut 3", Problems());
        var forged = Records()[2].Hash;
        File.WriteAllText(HeadFile, $$"""{"version":1,"count":3,"hash":"{{forged}}"}""");
        Assert.True(Verify().IsWhole); // who can write both
        Assert.Equal("rewritten -", Problems(head));
    }

    [Fact]
    public void A_head_kept_elsewhere_names_its_record()
    {
        Append(3);
        var kept = Verify().Head;
        Append(2);

        Assert.Equal(3, Verify(kept).AskedFor);
        Assert.Equal(0, Verify(AuditRecord.NoHash).AskedFor);
        Assert.Null(Verify(new string('b', 64)).AskedFor);
    }

    [Theory]
    [InlineData("DELETE FROM audit_record WHERE seq > 3", "cut")]
    [InlineData("DELETE FROM audit_record", "cut")]
    [InlineData("SELECT 1", "head-missing")]
    [InlineData("SELECT 2", "head-unreadable")]
    public void What_was_found_cut_is_told_for_ever_after(string sql, string reason)
    {
        Append(5);
        Tamper(sql);
        if (reason == "head-missing") File.Delete(HeadFile);
        if (reason == "head-unreadable") File.WriteAllText(HeadFile, "{\"version\":1,\"count\":\"5\"}");
        Assert.False(Verify().IsWhole);

        Append(1);
        Append(1);

        var note = Assert.Single(Records(), record => record.Kind == "damage");
        Assert.Equal(reason, JsonDocument.Parse(note.Facts).RootElement.GetProperty("reason").GetString());
        Assert.Equal($"noted {note.Sequence}", Problems());
    }

    [Fact]
    public void A_head_that_is_behind_is_no_damage_and_is_put_right()
    {
        Append(2);
        var before = File.ReadAllText(HeadFile);
        Append(3);
        File.WriteAllText(HeadFile, before); // as a kill between the rows and the head leaves it

        Assert.Equal((true, 3), (Verify().IsWhole, Verify().BehindHead));
        Append(1);
        Assert.Equal((true, 0), (Verify().IsWhole, Verify().BehindHead));
    }

    [Fact]
    public void A_head_of_a_newer_version_stops_everything_and_changes_nothing()
    {
        Append(1);
        File.WriteAllText(HeadFile, "{\"version\":2}");

        var refused = Assert.Throws<AuditException>(() => Append(1));

        Assert.Equal(("audit-head-newer", AuditFault.HeadNewer), (refused.Code, Assert.Throws<AuditException>(() => Verify()).Fault));
        Assert.Single(Records());
    }

    [Fact]
    public void Without_its_table_the_log_says_so()
    {
        Append(1);

        Tamper("DROP TABLE audit_record");

        Assert.Equal(AuditFault.LogMissing, Assert.Throws<AuditException>(() => Verify()).Fault);
        Assert.Equal(AuditFault.LogMissing, Assert.Throws<AuditException>(() => Append(1)).Fault);
        Assert.Equal(AuditFault.LogMissing, Assert.Throws<AuditException>(() => Records()).Fault);
    }

    [Fact]
    public void Rows_are_not_changed_by_mistake()
    {
        Append(2);

        Assert.Throws<SqliteException>(() => Execute("UPDATE audit_record SET path = 'x'"));
        Assert.Throws<SqliteException>(() => Execute("DELETE FROM audit_record"));

        Assert.True(Verify().IsWhole);
    }

    [Fact]
    public async Task Many_threads_and_two_logs_make_one_chain()
    {
        using var second = Open();
        AuditLog[] logs = [Log(), new(second, _time)];

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(() => logs[number % 2].Append([Entry(number), Entry(number + 1000)]))));

        Assert.Equal((true, 80, 0), (Verify().IsWhole, Verify().Count, Verify().BehindHead));
    }

    [Fact]
    public void What_the_last_record_says_already_is_not_said_again()
    {
        Log().AppendUnlessKnown([Entry(1), Entry(2)]);
        Log().AppendUnlessKnown([Entry(1)]);
        Log().AppendUnlessKnown([Entry(1) with { Sha256 = null }]);
        Log().AppendUnlessKnown([Entry(1)]); // again what it was: that is news

        Assert.Equal(["/m/1.pt", "/m/2.pt", "/m/1.pt", "/m/1.pt"], Records().Select(record => record.Path));
    }

    [Fact]
    public void A_change_and_its_record_are_one()
    {
        Append(1);

        Assert.Throws<InvalidOperationException>(() => _database.Write(Durability.Now, connection =>
        {
            Log().AppendWithin(connection, [Entry(7)]);
            throw new InvalidOperationException("the change failed");
        }));
        _database.Write(Durability.Now, connection => Log().AppendWithin(connection, [Entry(8)]));
        Log().KeepHead();

        Assert.Equal(["/m/0.pt", "/m/8.pt"], Records().Select(record => record.Path));
        Assert.Equal((true, 0), (Verify().IsWhole, Verify().BehindHead));
    }

    [Fact]
    public void Records_are_asked_for_by_time_kind_and_number()
    {
        Append(2);
        _time.Advance(TimeSpan.FromDays(2));
        Log().Append([new(AuditKind.Policy, [])]);
        Append(3);

        Assert.Equal([3L, 4, 5, 6], Records(new() { Since = _time.GetUtcNow().AddDays(-1) }).Select(record => record.Sequence));
        Assert.Equal([3L], Records(new() { Kind = AuditKind.Policy }).Select(record => record.Sequence));
        Assert.Equal([5L, 6], Records(new() { Newest = 2 }).Select(record => record.Sequence));
        Assert.Equal(5, Log().Count(new() { Kind = AuditKind.Verdict }));
    }

    [Fact]
    public void Of_many_damaged_records_the_first_hundred_are_named()
    {
        Append(150);

        Tamper("UPDATE audit_record SET path = 'x'");

        Assert.Equal((100, 50), (Verify().Problems.Count, Verify().ProblemsLeftOut));
    }

    [Fact]
    public void The_example_of_the_document_has_the_hash_it_says()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "audit.md"));
        var example = page.Split('\n').Single(line => line.StartsWith("{\"at\"", StringComparison.Ordinal));

        Assert.Contains($"has the hash `{IndependentCheck.HashOf(JsonDocument.Parse(example).RootElement)}`", page);
    }

    private static AuditEntry Entry(int number) => new(AuditKind.Verdict, new() { { "verdict", "dangerous" }, { "bytes", number } }) { Path = $"/m/{number}.pt", Sha256 = Some };

    private Database Open() => Database.Open(_folder["log.db"], [AuditSchema.Part]);

    private AuditLog Log() => new(_database, _time);

    private void Append(int count) => Log().Append([.. Enumerable.Range(0, count).Select(Entry)]);

    private List<AuditRecord> Records(AuditQuery? query = null)
    {
        var records = new List<AuditRecord>();
        Log().Read(query ?? new(), records.Add, TestContext.Current.CancellationToken);
        return records;
    }

    private AuditVerification Verify(string? asked = null) =>
        new AuditVerifier(Log(), _database).Verify(asked is null ? null : ContentHash.Parse(HashKind.Sha256, asked), TestContext.Current.CancellationToken);

    private string Problems(string? asked = null) =>
        string.Join(", ", Verify(asked).Problems.Select(problem => $"{(problem.Kind == AuditProblemKind.OutOfOrder ? "out-of-order" : problem.Kind.ToString().ToLowerInvariant())} {problem.Sequence?.ToString(CultureInfo.InvariantCulture) ?? "-"}"));

    private static string Forge(long number, string previous)
    {
        var record = $$"""{"at":"2026-11-29T22:00:00.000Z","facts":{"verdict":"clean"},"kind":"verdict","path":"/forged","previous":"{{previous}}","seq":{{number}},"sha256":null}""";
        var at = new DateTimeOffset(2026, 11, 29, 22, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var hash = IndependentCheck.HashOf(JsonDocument.Parse(record).RootElement);
        return string.Create(CultureInfo.InvariantCulture, $"INSERT INTO audit_record VALUES ({number}, {at}, 'verdict', '/forged', NULL, '{{\"verdict\":\"clean\"}}', '{previous}', '{hash}')");
    }

    // As somebody does who has the file and any tool for it.
    private void Tamper(string sql) => Execute("PRAGMA ignore_check_constraints=ON; DROP TRIGGER IF EXISTS audit_record_stays; DROP TRIGGER IF EXISTS audit_record_is_final; " + sql);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["log.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
