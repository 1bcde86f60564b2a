using CivitaiDownloader.Storage;
using Xunit;

namespace CivitaiDownloader.Tests.Storage;

/// <summary>What many threads write at once.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;

    public DatabaseTests() => _database = Open();

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Durability.Now)]
    [InlineData(Durability.Later)]
    public async Task What_was_written_is_there_for_every_process_when_the_call_returns(Durability durability)
    {
        using var another = Open();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() =>
        {
            Insert(number, durability);
            Assert.Equal(1L, another.Run(connection => Scalar(connection, $"SELECT count(*) FROM t WHERE number = {number}")));
        })));

        Assert.Equal(50L, _database.Run(connection => Scalar(connection, "SELECT count(*) FROM t")));
    }

    [Fact]
    public async Task Those_who_come_while_one_commits_are_committed_together()
    {
        using var isAtWork = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var threads = new System.Collections.Concurrent.ConcurrentBag<int>();
        var first = Task.Run(() => _database.Write(Durability.Now, _ =>
        {
            isAtWork.Set();
            goOn.Wait(TestContext.Current.CancellationToken);
        }), TestContext.Current.CancellationToken);
        isAtWork.Wait(TestContext.Current.CancellationToken);
        var others = Enumerable.Range(0, 5).Select(number => new Thread(() => _database.Write(Durability.Now, connection =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            Insert(connection, number);
        }))).ToArray();
        foreach (var other in others) other.Start();
        SpinWait.SpinUntil(() => others.All(other => other.ThreadState.HasFlag(ThreadState.WaitSleepJoin)), TimeSpan.FromSeconds(20));

        goOn.Set();
        await first;
        foreach (var other in others) other.Join();

        Assert.Equal(5, threads.Count);
        Assert.Single(threads.Distinct());
    }

    [Fact]
    public async Task One_that_fails_takes_nobody_along()
    {
        using var isAtWork = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var first = Task.Run(() => _database.Write(Durability.Now, _ =>
        {
            isAtWork.Set();
            goOn.Wait(TestContext.Current.CancellationToken);
        }), TestContext.Current.CancellationToken);
        isAtWork.Wait(TestContext.Current.CancellationToken);
        var good = Enumerable.Range(0, 3).Select(number => Task.Run(() => Insert(number, Durability.Now), TestContext.Current.CancellationToken)).ToArray();
        var bad = Task.Run(() => _database.Write(Durability.Now, connection =>
        {
            Insert(connection, 99);
            throw new InvalidOperationException("mine");
        }), TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        goOn.Set();
        await first;
        await Task.WhenAll(good);

        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        Assert.Equal(3L, _database.Run(connection => Scalar(connection, "SELECT count(*) FROM t")));
    }

    [Fact]
    public void A_prepared_command_is_used_again_with_other_values()
    {
        foreach (var number in (int[])[1, 2, 3]) Insert(number, Durability.Later);

        Assert.Equal(3L, _database.Run(connection => Enumerable.Range(1, 3).Sum(number =>
        {
            return (long)connection.Prepared("SELECT count(*) FROM t WHERE number = $number", ("$number", number)).ExecuteScalar()!;
        })));
    }

    [Fact]
    public void A_failed_piece_of_work_leaves_a_database_that_works()
    {
        Assert.Throws<InvalidOperationException>(() => _database.Run(connection =>
        {
            connection.BeginTransaction(deferred: false);
            Insert(connection, 1);
            throw new InvalidOperationException();
        }));

        Insert(2, Durability.Now);

        Assert.Equal(1L, _database.Run(connection => Scalar(connection, "SELECT count(*) FROM t")));
    }

    private Database Open() => Database.Open(_folder["x.db"], [new("test", ["CREATE TABLE t (number INTEGER NOT NULL) STRICT;"])]);

    private void Insert(int number, Durability durability) => _database.Write(durability, connection => Insert(connection, number));

    private static void Insert(DatabaseConnection connection, int number) => connection.Execute("INSERT INTO t VALUES ($number)", ("$number", number));

    private static long Scalar(DatabaseConnection connection, string sql)
    {
        using var query = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own
        query.CommandText = sql;
#pragma warning restore CA2100
        return (long)query.ExecuteScalar()!;
    }
}
