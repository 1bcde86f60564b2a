using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Store.Sqlite;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Tests.Jobs.Store;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Following;

/// <summary>A follower whose clock stands still: whatever ends here was not waited for.</summary>
public sealed class JobFollowerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly SqliteJobStore _store;
    private readonly JobFollower _follower;

    public JobFollowerTests()
    {
        var time = new FakeTimeProvider();
        _database = Database.Open(_folder["jobs.db"], [JobsSchema.Part]);
        _store = new(_database, time);
        _follower = new(_store, time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_is_over_is_told_whole_in_one_look()
    {
        var job = await JobAsync(3);
        foreach (var claim in await _store.ClaimAsync(new() { Runner = JobSamples.Runner(), Most = 10 }, Cancellation)) await _store.EndAsync(claim, JobSamples.Completed(), Cancellation);
        await _store.ApplyAsync(job, JobAction.Complete, null, Cancellation);

        var told = await FollowAsync(job, until: null);

        Assert.Equal(3, told.OfType<JobEvent.ItemChanged>().Count(item => item.Item.Status == ItemStatus.Completed));
        Assert.Equal(JobStatus.Completed, Assert.Single(told.OfType<JobEvent.JobChanged>()).Job.Status);
    }

    [Fact]
    public async Task Where_there_is_no_more_to_wait_for_a_paused_job_is_told_as_it_stands()
    {
        var job = await JobAsync(3);
        var until = new TaskCompletionSource();
        var following = FollowAsync(job, until.Task);
        await _store.ApplyAsync(job, JobAction.Pause, null, Cancellation);

        until.SetResult();

        var told = await following;
        Assert.Equal((JobStatus.Paused, 3), (told.OfType<JobEvent.JobChanged>().Last().Job.Status, told.OfType<JobEvent.ItemChanged>().Count()));
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private async Task<JobId> JobAsync(int items)
    {
        var job = await _store.DraftAsync(JobSamples.Job(), Cancellation);
        await _store.AddAsync(job, JobSamples.Items(items), Cancellation);
        await _store.ConfirmAsync(job, Cancellation);
        return job;
    }

    private Task<List<JobEvent>> FollowAsync(JobId job, Task? until) => Task.Run(async () =>
    {
        var told = new List<JobEvent>();
        await foreach (var happened in _follower.FollowAsync(job, since: 0, until, Cancellation)) told.Add(happened);
        return told;
    }, Cancellation).WaitAsync(Limit, Cancellation);
}
