using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task The_first_claim_starts_the_job()
    {
        var job = await JobAsync(JobSamples.Item(1), JobSamples.Item(2));

        var claim = await ClaimOneAsync(JobSamples.Runner());

        var shown = await ShowAsync(job);
        Assert.Equal((JobStatus.Processing, Time.GetUtcNow()), (shown.Status, shown.StartedAt));
        Assert.Equal(new JobCounts { Total = 2, Pending = 1, Processing = 1, BytesTotal = 2000 }, shown.Counts);
        Assert.Equal(shown, claim.Job);
        Assert.Equal((ItemStatus.Processing, ItemStage.Resolving, 1, Time.GetUtcNow()), (claim.Item.Status, claim.Item.Stage, claim.Item.Attempts, claim.Item.StartedAt));
        Assert.Equivalent((await ItemsAsync(job))[0], claim.Item, strict: true);
    }

    [Fact]
    public async Task Nothing_is_claimed_twice()
    {
        await JobAsync(JobSamples.Items(10));

        var claims = new List<ItemClaim>();
        for (var turn = 0; turn < 4; turn++)
        {
            claims.AddRange(await ClaimAsync(JobSamples.Runner(), 3));
            claims.AddRange(await Other.ClaimAsync(new() { Runner = JobSamples.Runner(), Most = 1 }, Cancellation));
        }

        Assert.Equal(10, claims.Select(claim => claim.Item.Id).Distinct().Count());
        Assert.Equal(10, claims.Count);
    }

    [Fact]
    public async Task Claims_go_by_priority_and_place_of_the_job_then_by_priority_and_order_of_the_item()
    {
        var first = await JobAsync(JobSamples.Item(1), JobSamples.Item(2, priority: Priority.High), JobSamples.Item(3, priority: Priority.Low));
        var second = await JobAsync(JobSamples.Item(4, bytes: null), JobSamples.Item(5, bytes: 5L << 30), JobSamples.Item(6));
        var third = await JobAsync(JobSamples.Item(7));
        var fourth = await JobAsync(JobSamples.Item(8));
        await Store.ChangeAsync(third, new() { ToFront = true }, Cancellation);
        await Store.ChangeAsync(fourth, new() { Priority = Priority.High }, Cancellation);
        await Store.ChangeAsync(first, new() { ToBack = true }, Cancellation);

        var claims = await ClaimAsync(JobSamples.Runner(), 100);

        Assert.Equal([8, 7, 4, 5, 6, 2, 1, 3], claims.Select(claim => claim.Item.File.File.Value - 300_000));
        Assert.NotEqual(second, first);
    }

    [Fact]
    public async Task Jobs_given_one_priority_keep_the_order_they_were_made_in()
    {
        var first = await JobAsync(JobSamples.Item(1));
        var second = await JobAsync(JobSamples.Item(2));
        foreach (var job in (JobId[])[first, second]) await Store.ChangeAsync(job, new() { Priority = Priority.High }, Cancellation);
        var third = await JobAsync(JobSamples.Item(3)); // the only one of its priority
        await Store.ChangeAsync(third, new() { Priority = Priority.High }, Cancellation);

        var claims = await ClaimAsync(JobSamples.Runner(), 100);

        Assert.Equal([first, second, third], claims.Select(claim => claim.Job.Id));
    }

    [Fact]
    public async Task Items_given_another_priority_are_claimed_by_it()
    {
        var job = await JobAsync(JobSamples.Items(4));
        var other = await JobAsync(JobSamples.Item(9));
        var items = await ItemsAsync(job);

        var number = await Store.PrioritiseAsync(job, [items[3].Id, items[2].Id, (await ItemsAsync(other))[0].Id], Priority.High, Cancellation);

        Assert.Equal(2, number);
        Assert.Equal([3, 4, 1, 2], (await ClaimAsync(JobSamples.Runner(), 4)).Select(claim => claim.Item.File.File.Value - 300_000));
    }

    [Fact]
    public async Task A_wish_for_small_or_large_ones_gets_only_such()
    {
        long?[] sizes = [null, 0, 10, (1 << 20) - 1, 1 << 20, 5 << 20, 6 << 20, 100 << 20, 1L << 30, 9L << 30];
        var job = await JobAsync([.. sizes.Select((size, number) => JobSamples.Item(number, size))]);

        foreach (var limit in new long[] { 1, 1 << 20, 6 << 20, 7L << 30 })
        {
            var below = await Store.ClaimAsync(new() { Runner = JobSamples.Runner(), Most = 100, Below = limit }, Cancellation);
            var least = await Store.ClaimAsync(new() { Runner = JobSamples.Runner(), Most = 100, AtLeast = limit }, Cancellation);

            Assert.Equal(sizes.Where(size => size < limit), below.Select(claim => claim.Item.File.Bytes));
            Assert.Equal(sizes.Where(size => size is null || size >= limit), least.Select(claim => claim.Item.File.Bytes));
            foreach (var claim in below.Concat(least)) await Store.ReturnAsync(claim, new(), Cancellation);
        }

        Assert.Equal([10, (1 << 20) - 1], (await Store.ClaimAsync(new() { Runner = JobSamples.Runner(), Most = 100, AtLeast = 5, Below = 1 << 20, Jobs = [job] }, Cancellation)).Select(claim => claim.Item.File.Bytes));
    }

    [Fact]
    public async Task Only_the_wanted_jobs_are_claimed_from()
    {
        var (first, second) = (await JobAsync(JobSamples.Item(1)), await JobAsync(JobSamples.Item(2)));

        Assert.Equal(second, Assert.Single(await ClaimAsync(JobSamples.Runner(), 9, second)).Job.Id);
        Assert.Empty(await ClaimAsync(JobSamples.Runner(), 9, second));
        Assert.Equal(first, Assert.Single(await ClaimAsync(JobSamples.Runner(), 9)).Job.Id);
    }

    [Fact]
    public async Task An_item_given_back_for_later_is_not_claimed_before()
    {
        var job = await JobAsync(JobSamples.Item(1));
        var claim = await ClaimOneAsync(JobSamples.Runner());
        var later = Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        var error = new ItemError("http-throttled", "Told to wait", null, 6);

        Assert.True(await Store.ReturnAsync(claim, new() { NotBefore = later, Error = error, Counts = true, BytesFetched = 5 }, Cancellation));

        Assert.Empty(await ClaimAsync(JobSamples.Runner()));
        Assert.Equal(later, await Other.NextDueAsync(null, Cancellation));
        Assert.Equal(later, await Other.NextDueAsync([job], Cancellation));
        Assert.Null(await Other.NextDueAsync([], Cancellation));
        var item = Assert.Single(await ItemsAsync(job));
        Assert.Equal((ItemStatus.Pending, null, later, error, 1, 5L), (item.Status, item.Stage, item.NotBefore, item.Error, item.Attempts, item.BytesFetched));

        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await Other.NextDueAsync(null, Cancellation));
        var again = await ClaimOneAsync(JobSamples.Runner());
        Assert.Equal((2, error, null), (again.Item.Attempts, again.Item.Error, again.Item.NotBefore));
        Assert.NotEqual(claim.Number, again.Number);
    }

    [Fact]
    public async Task What_waits_in_a_job_that_may_not_run_is_not_due()
    {
        var job = await JobAsync(JobSamples.Item(1));
        await Store.ReturnAsync(await ClaimOneAsync(JobSamples.Runner()), new() { NotBefore = Time.GetUtcNow() + TimeSpan.FromMinutes(1) }, Cancellation);

        await ApplyAsync(job, JobAction.Pause);

        Assert.Null(await Other.NextDueAsync(null, Cancellation));
    }

    [Fact]
    public async Task An_attempt_that_was_only_stopped_does_not_count()
    {
        var job = await JobAsync(JobSamples.Item(1));

        await Store.ReturnAsync(await ClaimOneAsync(JobSamples.Runner()), new() { Counts = false }, Cancellation);

        Assert.Equal(0, Assert.Single(await ItemsAsync(job)).Attempts);
    }

    [Fact]
    public async Task An_item_that_ended_has_what_is_said_of_it()
    {
        var job = await JobAsync(JobSamples.Item(1), JobSamples.Item(2));
        var claim = await ClaimOneAsync(JobSamples.Runner());
        var end = JobSamples.Completed() with { Bytes = 1234, Verdict = "clean", Note = "replaced since it was planned" };
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await Store.EndAsync(claim, end, Cancellation));

        var item = (await ItemsAsync(job))[0];
        Assert.Equal((ItemStatus.Completed, null, end.Path, end.Sha256, true, "clean", end.Note), (item.Status, item.Stage, item.Path, item.Sha256, item.IsVerified, item.Verdict, item.Note));
        Assert.Equal((1000L, 1234L, end.Times, Time.GetUtcNow()), (item.BytesFetched, item.File.Bytes, item.Times, item.EndedAt));
        Assert.Equal(new JobCounts { Total = 2, Pending = 1, Completed = 1, BytesDone = 1234, BytesTotal = 2234 }, (await ShowAsync(job)).Counts);
        Assert.False(await Store.EndAsync(claim, JobSamples.Failed(), Cancellation));
        Assert.False(await Store.ReturnAsync(claim, new(), Cancellation));
        Assert.False(await Store.EnterAsync(claim, ItemStage.Placing, Cancellation));
    }

    [Theory]
    [InlineData(ItemStatus.Pending)]
    [InlineData(ItemStatus.Processing)]
    [InlineData(ItemStatus.Cancelled)]
    public async Task No_claimed_item_ends_as_what_is_no_end(ItemStatus status)
    {
        await JobAsync(JobSamples.Item(1));
        var claim = await ClaimOneAsync(JobSamples.Runner());

        await Assert.ThrowsAsync<ArgumentException>(() => Store.EndAsync(claim, new(status), Cancellation));
    }

    [Fact]
    public async Task A_stage_that_was_entered_is_seen_after_the_next_heartbeat()
    {
        var job = await JobAsync(JobSamples.Item(1));
        var runner = JobSamples.Runner();
        var claim = await ClaimOneAsync(runner);
        var before = await ShowAsync(job);

        Assert.True(await Store.EnterAsync(claim, ItemStage.Downloading, Cancellation));
        await Store.BeatAsync(runner, Cancellation);

        Assert.Equal(ItemStage.Downloading, Assert.Single(await Other.ChangesAsync(job, before.Revision, 10, Cancellation)).Stage);
    }

    [Fact]
    public async Task A_runner_that_is_not_heard_of_has_lost_its_claims()
    {
        var job = await JobAsync(JobSamples.Item(1));
        var dead = JobSamples.Runner();
        var claim = await ClaimOneAsync(dead);
        Time.Advance(IJobStore.ClaimLifetime - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Other.ClaimAsync(new() { Runner = JobSamples.Runner(), Most = 1 }, Cancellation));
        Time.Advance(TimeSpan.FromMilliseconds(1));

        var taken = Assert.Single(await Other.ClaimAsync(new() { Runner = JobSamples.Runner(), Most = 1 }, Cancellation));

        Assert.Equal((claim.Item.Id, 2), (taken.Item.Id, taken.Item.Attempts));
        Assert.NotEqual(claim.Number, taken.Number);
        Assert.False(await Store.EnterAsync(claim, ItemStage.Placing, Cancellation));
        Assert.False(await Store.EndAsync(claim, JobSamples.Completed(), Cancellation));
        Assert.False(await Store.ReturnAsync(claim, new(), Cancellation));
        Assert.True(await Other.EndAsync(taken, JobSamples.Completed(), Cancellation));
        Assert.Equal(1, (await ShowAsync(job)).Counts.Completed);
    }

    [Fact]
    public async Task What_a_runner_says_too_late_is_not_taken_even_if_nobody_else_wanted_the_item()
    {
        await JobAsync(JobSamples.Items(2));
        var runner = JobSamples.Runner();
        var claims = await ClaimAsync(runner, 2);
        Time.Advance(IJobStore.ClaimLifetime);

        Assert.False(await Store.EndAsync(claims[0], JobSamples.Completed(), Cancellation));
        Assert.Equal([claims[1].Item.Id], (await Store.BeatAsync(runner, Cancellation)).Lost);
        Assert.Equal(2, (await ClaimAsync(runner, 2)).Count);
    }

    [Fact]
    public async Task A_new_claim_does_not_bring_back_those_that_were_lost()
    {
        await JobAsync(JobSamples.Items(2));
        var runner = JobSamples.Runner();
        var lost = await ClaimAsync(runner, 2);
        Time.Advance(IJobStore.ClaimLifetime);
        await ClaimOneAsync(runner);

        foreach (var claim in lost) Assert.False(await Store.EnterAsync(claim, ItemStage.Placing, Cancellation));
        Assert.Equal([lost[1].Item.Id], (await Store.BeatAsync(runner, Cancellation)).Lost);
    }

    [Fact]
    public async Task A_runner_that_is_heard_of_keeps_its_claims()
    {
        var (job, second) = (await JobAsync(JobSamples.Item(1)), await JobAsync(JobSamples.Item(2)));
        var runner = JobSamples.Runner();
        var claims = await ClaimAsync(runner, 2);
        for (var beat = 0; beat < 5; beat++)
        {
            Time.Advance(IJobStore.ClaimLifetime - TimeSpan.FromSeconds(1));
            var news = await Store.BeatAsync(runner, Cancellation);
            Assert.Empty(news.Lost);
            Assert.Equal([job, second], news.Jobs.Select(one => one.Id));
        }

        Assert.True(await Store.EndAsync(claims[0], JobSamples.Completed(), Cancellation));
        Assert.Equal([second], (await Store.BeatAsync(runner, Cancellation)).Jobs.Select(one => one.Id));
    }

    [Fact]
    public async Task A_runner_hears_of_a_pause_with_its_next_heartbeat()
    {
        var job = await JobAsync(JobSamples.Item(1));
        var runner = JobSamples.Runner();
        await ClaimOneAsync(runner);

        await Other.ApplyAsync(job, JobAction.Pause, PauseReason.Asked, Cancellation);

        var told = Assert.Single((await Store.BeatAsync(runner, Cancellation)).Jobs);
        Assert.Equal((JobStatus.Paused, PauseReason.Asked), (told.Status, told.PausedFor));
    }

    [Fact]
    public async Task What_a_runner_holds_goes_back_when_it_leaves()
    {
        var job = await JobAsync(JobSamples.Items(3));
        var (runner, stays) = (JobSamples.Runner(), JobSamples.Runner());
        await ClaimAsync(runner, 2);
        await ClaimOneAsync(stays);

        await Store.LeaveAsync(runner, Cancellation);

        Assert.Equal((2, 1), ((await ShowAsync(job)).Counts.Pending, (await ShowAsync(job)).Counts.Processing));
        Assert.All((await ItemsAsync(job)).Take(2), item => Assert.Equal(0, item.Attempts));
        Assert.Equal(2, (await ClaimAsync(stays, 5)).Count);
    }
}
