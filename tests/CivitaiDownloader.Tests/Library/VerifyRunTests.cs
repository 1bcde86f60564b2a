using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Library.Verifying;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

/// <summary>A check that was interrupted goes on; a check that begins reads every byte.</summary>
public sealed class VerifyRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
    private readonly Database _database;
    private readonly VerifyRuns _runs;

    public VerifyRunTests()
    {
        _database = Database.Open(_folder["library.db"], [LibrarySchema.Part]);
        _runs = new(_database, _time);
        Directory.CreateDirectory(_folder["models"]);
        foreach (var name in new[] { "a.pt", "b.pt" })
        {
            File.WriteAllText(_folder["models/" + name], name);
            File.SetLastWriteTimeUtc(_folder["models/" + name], new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_run_reads_what_was_hashed_for_another_purpose()
    {
        await new FileHasher(_database, _time).HashAsync(Files(), 1, new(_time), TestContext.Current.CancellationToken);

        Assert.Equal([false, false], await RecalledAsync(_runs.Begin("models", VerifyStart.GoOn)));
    }

    [Fact]
    public async Task An_open_run_goes_on_and_reads_again_only_what_was_touched_since()
    {
        var first = _runs.Begin("models", VerifyStart.GoOn);
        await RecalledAsync(first);
        File.SetLastWriteTimeUtc(_folder["models/b.pt"], new(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc));
        _time.Advance(TimeSpan.FromHours(2));

        var second = _runs.Begin("models", VerifyStart.GoOn);

        Assert.True(second.IsResumed);
        Assert.Equal(first.StartedAt, second.StartedAt);
        Assert.Equal([true, false], await RecalledAsync(second));
    }

    [Theory]
    [InlineData("models", VerifyStart.Again, 0)]
    [InlineData("other files", VerifyStart.GoOn, 0)]
    [InlineData("models", VerifyStart.GoOn, 8)] // days: too long ago to call them checked together
    public async Task Else_it_begins_anew(string scope, VerifyStart start, int days)
    {
        await RecalledAsync(_runs.Begin("models", VerifyStart.GoOn));
        _time.Advance(TimeSpan.FromDays(days));

        var run = _runs.Begin(scope, start);

        Assert.False(run.IsResumed);
        Assert.Equal([false, false], await RecalledAsync(run));
    }

    [Fact]
    public async Task After_its_end_the_next_run_reads_everything_and_says_when_it_was()
    {
        var run = _runs.Begin("models", VerifyStart.GoOn);
        await RecalledAsync(run);
        run.End();
        var ended = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromDays(12));

        var next = _runs.Begin("models", VerifyStart.GoOn);

        Assert.Equal((false, ended), (next.IsResumed, next.LastEndedAt));
        Assert.Equal([false, false], await RecalledAsync(next));
    }

    [Fact]
    public async Task A_run_that_nobody_went_on_with_takes_no_room_for_ever()
    {
        await RecalledAsync(_runs.Begin("models", VerifyStart.GoOn));
        _time.Advance(TimeSpan.FromDays(8));

        _runs.Begin("other files", VerifyStart.GoOn);

        Assert.Equal(0L, _database.Run(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT count(*) FROM verify_digest";
            return (long)query.ExecuteScalar()!;
        }));
    }

    private async Task<IEnumerable<bool>> RecalledAsync(VerifyRun run) =>
        [.. (await run.HashAsync(Files(), 1, new(_time), TestContext.Current.CancellationToken)).Select(file => file.IsRecalled)];

    private IReadOnlyList<FoundFile> Files() => FileFinder.Find([_folder["models"]], FileSelection.Models, TestContext.Current.CancellationToken).Files;
}
