using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

public abstract partial class JobStoreContract
{
    public static TheoryData<JobStatus, JobAction> EveryPair() => [.. from status in Enum.GetValues<JobStatus>() from action in Enum.GetValues<JobAction>() select (status, action)];

    [Theory]
    [MemberData(nameof(EveryPair))]
    public async Task A_job_goes_along_its_lifecycle_and_nowhere_else(JobStatus from, JobAction action)
    {
        var job = await JobInAsync(from, forRetry: action == JobAction.Retry, done: action is JobAction.Complete or JobAction.Fail);

        if (JobLifecycle.TryApply(from, action, out var to))
        {
            var answer = await ApplyAsync(job, action);
            Assert.Equal(to, answer.Status);
            Assert.Equal(answer, await ShowAsync(job));
            Assert.Equal(JobLifecycle.IsOver(to), answer.EndedAt is not null);
            return;
        }

        var before = await ShowAsync(job);
        var error = await Assert.ThrowsAsync<JobException>(() => ApplyAsync(job, action));
        Assert.Equal(JobFault.InvalidTransition, error.Fault);
        Assert.Contains($"is {from.ToString().ToLowerInvariant()} and cannot be", error.Message, StringComparison.Ordinal);
        foreach (var goal in JobLifecycle.All.Where(one => one.Action == action)) Assert.Contains(goal.To.ToString().ToLowerInvariant(), error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ShowAsync(job));
    }

    [Fact]
    public async Task What_resumes_for_one_reason_leaves_a_job_paused_for_another()
    {
        var job = await JobAsync(JobSamples.Item(1));
        await Store.ApplyAsync(job, JobAction.Pause, PauseReason.NoSpace, Cancellation);
        await Store.ApplyAsync(job, JobAction.Pause, PauseReason.Asked, Cancellation);

        await Assert.ThrowsAsync<JobException>(() => Store.ApplyAsync(job, JobAction.Resume, PauseReason.NoSpace, Cancellation));

        Assert.Equal(JobStatus.Paused, (await ShowAsync(job)).Status);
    }

    [Fact]
    public async Task A_pause_leaves_claims_to_their_runners()
    {
        var job = await JobAsync(JobSamples.Items(2));
        var claim = await ClaimOneAsync(JobSamples.Runner());

        await ApplyAsync(job, JobAction.Pause, PauseReason.NoSpace);

        Assert.Equal((PauseReason.NoSpace, 1, 1), ((await ShowAsync(job)).PausedFor, (await ShowAsync(job)).Counts.Processing, (await ShowAsync(job)).Counts.Pending));
        Assert.Empty(await ClaimAsync(JobSamples.Runner()));
        Assert.True(await Store.ReturnAsync(claim, new(), Cancellation));
        Assert.Null((await ApplyAsync(job, JobAction.Resume)).PausedFor);
        Assert.Equal(2, (await ClaimAsync(JobSamples.Runner(), 5)).Count);
    }

    [Fact]
    public async Task Who_paused_a_job_himself_has_the_last_word()
    {
        var job = await JobAsync(JobSamples.Item(1));

        await ApplyAsync(job, JobAction.Pause, PauseReason.NoSpace);
        Assert.Equal(PauseReason.Asked, (await ApplyAsync(job, JobAction.Pause, PauseReason.Asked)).PausedFor);
        Assert.Equal(PauseReason.Asked, (await ApplyAsync(job, JobAction.Pause, PauseReason.NoSpace)).PausedFor);
    }

    [Fact]
    public async Task Cancelling_ends_what_nobody_has_claimed_and_the_rest_when_it_is_given_back()
    {
        var job = await JobAsync(JobSamples.Items(5));
        var claims = await ClaimAsync(JobSamples.Runner(), 4);
        await Store.EndAsync(claims[0], new(ItemStatus.WaitingForSignIn), Cancellation);

        await ApplyAsync(job, JobAction.Cancel);

        Assert.Equal((2, 3), ((await ShowAsync(job)).Counts.Cancelled, (await ShowAsync(job)).Counts.Processing));
        Assert.True(await Store.ReturnAsync(claims[1], new(), Cancellation));
        Assert.True(await Store.EndAsync(claims[2], JobSamples.Completed(), Cancellation));
        Assert.True(await Store.EndAsync(claims[3], new(ItemStatus.WaitingForSignIn), Cancellation));
        Assert.Equal(new JobCounts { Total = 5, Cancelled = 4, Completed = 1, BytesDone = 1000, BytesTotal = 5000 }, (await ShowAsync(job)).Counts);
        Assert.All((await ItemsAsync(job)), item => Assert.NotNull(item.EndedAt));
    }

    [Fact]
    public async Task What_a_dead_runner_held_of_a_cancelled_job_is_cancelled()
    {
        var job = await JobAsync(JobSamples.Item(1));
        await ClaimOneAsync(JobSamples.Runner());
        await ApplyAsync(job, JobAction.Cancel);
        Time.Advance(IJobStore.ClaimLifetime);

        await Other.BeatAsync(JobSamples.Runner(), Cancellation);

        Assert.Equal(1, (await ShowAsync(job)).Counts.Cancelled);
    }

    [Fact]
    public async Task Resuming_lets_those_go_on_that_wait_for_sign_in()
    {
        var job = await JobAsync(JobSamples.Item(1));
        var error = new ItemError("http-unauthorized", "The key was refused", null, 4);
        await EndAllAsync(job, new(ItemStatus.WaitingForSignIn) { Error = error });
        Assert.Equal((1, JobStatus.Processing), ((await ShowAsync(job)).Counts.WaitingForSignIn, (await ShowAsync(job)).Status));
        Assert.Null(Assert.Single(await ItemsAsync(job)).EndedAt);
        Assert.Empty(await ClaimAsync(JobSamples.Runner()));
        await ApplyAsync(job, JobAction.Pause, PauseReason.SignIn);

        await ApplyAsync(job, JobAction.Resume);

        Assert.Equal(error, (await ClaimOneAsync(JobSamples.Runner())).Item.Error);
    }

    [Fact]
    public async Task Retrying_makes_what_failed_pending_again()
    {
        var job = await JobAsync(JobSamples.Items(3));
        var claims = await ClaimAsync(JobSamples.Runner(), 3);
        await Store.EndAsync(claims[0], JobSamples.Failed(), Cancellation);
        await Store.EndAsync(claims[1], JobSamples.Completed(), Cancellation);
        await Store.EndAsync(claims[2], new(ItemStatus.Quarantined), Cancellation);
        await ApplyAsync(job, JobAction.Complete);

        var again = await ApplyAsync(job, JobAction.Retry);

        Assert.Equal((JobStatus.Pending, null), (again.Status, again.EndedAt));
        Assert.Equal(new JobCounts { Total = 3, Pending = 1, Completed = 1, Quarantined = 1, BytesDone = 1000, BytesTotal = 3000 }, again.Counts);
        Assert.Equal(("http-not-found", null), ((await ItemsAsync(job))[0].Error!.Code, (await ItemsAsync(job))[0].EndedAt));
    }

    [Fact]
    public async Task There_must_be_something_to_retry()
    {
        var job = await JobAsync(JobSamples.Item(1));
        await EndAllAsync(job, JobSamples.Completed());
        await ApplyAsync(job, JobAction.Complete);

        Assert.Equal(JobFault.Empty, (await Assert.ThrowsAsync<JobException>(() => ApplyAsync(job, JobAction.Retry))).Fault);
        Assert.Equal(JobStatus.Completed, (await ShowAsync(job)).Status);
    }

    [Theory]
    [InlineData(JobAction.Complete)]
    [InlineData(JobAction.Fail)]
    public async Task A_job_with_something_left_does_not_end(JobAction action)
    {
        var job = await JobAsync(JobSamples.Items(2));
        await Store.EndAsync(await ClaimOneAsync(JobSamples.Runner()), JobSamples.Failed(), Cancellation);
        var before = await ShowAsync(job);

        Assert.Equal(before, await ApplyAsync(job, action));
        Assert.Equal(before, await ShowAsync(job));
    }

    [Fact]
    public async Task A_job_whose_own_rule_is_broken_fails_and_can_be_retried_whole()
    {
        var job = await JobAsync(JobSamples.Items(4));
        await Store.ChangeAsync(job, new() { Settings = new() { MaxFailures = 1 } }, Cancellation);
        var claims = await ClaimAsync(JobSamples.Runner(), 2);
        await Store.EndAsync(claims[0], JobSamples.Failed(), Cancellation);

        var failed = await ApplyAsync(job, JobAction.Fail);

        Assert.Equal((JobStatus.Failed, 2, 1, 1), (failed.Status, failed.Counts.Cancelled, failed.Counts.Failed, failed.Counts.Processing));
        await Store.ReturnAsync(claims[1], new(), Cancellation);
        Assert.Equal(0, (await ShowAsync(job)).Counts.Left);
        Assert.Equal(4, (await ApplyAsync(job, JobAction.Retry)).Counts.Pending);
    }

    [Fact]
    public async Task A_job_that_does_not_exist_is_an_error()
    {
        await Assert.ThrowsAsync<JobException>(() => ApplyAsync(new(99), JobAction.Pause));
        await Assert.ThrowsAsync<JobException>(() => Store.ChangeAsync(new(99), new() { Name = "x" }, Cancellation));
    }

    [Fact]
    public async Task What_may_be_changed_is_changed_and_the_rest_stays()
    {
        var job = await JobAsync(JobSamples.Item(1));
        var before = await ShowAsync(job);

        var changed = await Store.ChangeAsync(job, new() { Name = "other", Priority = Priority.Low }, Cancellation);

        Assert.Equal(before with { Name = "other", Priority = Priority.Low, Revision = changed.Revision }, changed);
        Assert.Equal(changed, await ShowAsync(job));
        var settings = new JobSettings { Strategy = StrategyKind.Sequential, BytesPerSecond = 5 };
        Assert.Equal(settings, (await Store.ChangeAsync(job, new() { Settings = settings }, Cancellation)).Settings);
    }

    private async Task<JobId> JobInAsync(JobStatus status, bool forRetry, bool done)
    {
        var job = await JobAsync(JobSamples.Items(2));
        if (status is JobStatus.Processing or JobStatus.Completed or JobStatus.Failed || forRetry || done)
        {
            var claims = await ClaimAsync(JobSamples.Runner(), status == JobStatus.Completed || status == JobStatus.Failed || done ? 2 : 1);
            foreach (var claim in claims) await Store.EndAsync(claim, JobSamples.Failed(), Cancellation);
        }

        if (status is JobStatus.Paused or JobStatus.Pending && (await ShowAsync(job)).Status == JobStatus.Processing) await ApplyAsync(job, JobAction.Pause);
        if (status == JobStatus.Pending && (await ShowAsync(job)).Status == JobStatus.Paused) await ApplyAsync(job, JobAction.Resume);
        var last = status switch { JobStatus.Paused => JobAction.Pause, JobStatus.Completed => JobAction.Complete, JobStatus.Failed => JobAction.Fail, JobStatus.Cancelled => JobAction.Cancel, _ => (JobAction?)null };
        if (last is { } action) await ApplyAsync(job, action);
        Assert.Equal(status, (await ShowAsync(job)).Status);
        return job;
    }
}
