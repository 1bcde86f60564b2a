using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task A_draft_is_neither_seen_nor_run_before_it_is_confirmed()
    {
        var draft = await Store.DraftAsync(JobSamples.Job(), Cancellation);
        await Store.AddAsync(draft, JobSamples.Items(2), Cancellation);

        Assert.Null(await Other.FindAsync(draft, Cancellation));
        Assert.Empty(await Other.ListAsync(Cancellation));
        Assert.Empty(await ClaimAsync(JobSamples.Runner()));
        Assert.Equal(2, (await ItemsAsync(draft)).Count);
        Assert.Equal(JobFault.NoSuchJob, (await Assert.ThrowsAsync<JobException>(() => ApplyAsync(draft, JobAction.Pause))).Fault);

        await Store.ConfirmAsync(draft, Cancellation);

        Assert.Equal(JobStatus.Pending, (await ShowAsync(draft)).Status);
        Assert.Equal(draft, Assert.Single(await Other.ListAsync(Cancellation)).Id);
        Assert.Equal(JobFault.NoSuchJob, (await Assert.ThrowsAsync<JobException>(() => Store.ConfirmAsync(draft, Cancellation))).Fault);
    }

    [Fact]
    public async Task A_draft_nobody_adds_to_for_a_day_is_dropped_when_another_begins()
    {
        var dead = await Store.DraftAsync(JobSamples.Job(), Cancellation);
        var alive = await Store.DraftAsync(JobSamples.Job(), Cancellation);
        await Store.AddAsync(dead, JobSamples.Items(1), Cancellation);
        Time.Advance(TimeSpan.FromHours(20));
        await Store.AddAsync(alive, JobSamples.Items(1), Cancellation);
        Time.Advance(TimeSpan.FromHours(5));

        await Other.DraftAsync(JobSamples.Job(), Cancellation);

        Assert.Empty(await ItemsAsync(dead));
        await Assert.ThrowsAsync<JobException>(() => Store.ConfirmAsync(dead, Cancellation));
        await Store.ConfirmAsync(alive, Cancellation);
    }

    [Fact]
    public async Task What_a_job_was_told_comes_back_as_it_was()
    {
        var settings = new JobSettings
        {
            Strategy = StrategyKind.Parallel, Parallel = 7, BytesPerSecond = 8 << 20, Hours = new(new(23, 30), new(7, 0)), Library = "/mnt/models", MaxFailures = 3,
        };
        var draft = await Store.DraftAsync(new("名前 'quoted'", settings) { Priority = Priority.High, Source = "--tag anime" }, Cancellation);
        var job = await Store.ConfirmAsync(draft, Cancellation);

        Assert.Equal(job, await ShowAsync(draft));
        Assert.Equal((settings, "名前 'quoted'", "--tag anime", Priority.High), (job.Settings, job.Name, job.Source, job.Priority));
        Assert.Equal((Time.GetUtcNow(), null, null), (job.CreatedAt, job.StartedAt, job.EndedAt));
    }

    [Fact]
    public async Task What_the_plan_says_of_a_file_comes_back_as_it_was()
    {
        var full = JobSamples.Item(1) with { Priority = Priority.Low };
        full = full with { File = full.File with { Target = "123@456", Hashes = [.. full.File.Hashes, ContentHash.Parse(HashKind.Blake3, new string('b', 64))], DownloadUrl = "https://civitai.com/vae" } };
        var bare = new NewItem(new() { Version = new(1), File = new(2), ModelName = "", VersionName = "", FileName = "", Type = "" });
        var there = JobSamples.Item(3) with { Status = ItemStatus.Skipped, Path = "/models/3.safetensors" };
        var job = await JobAsync(full, bare, there);

        var items = await ItemsAsync(job);

        foreach (var (item, planned) in items.Zip(new[] { full, bare, there }))
        {
            Assert.Equivalent(planned.File, item.File, strict: true);
            Assert.Equal((job, planned.Priority, planned.Status, planned.Path), (item.Job, item.Priority, item.Status, item.Path));
        }

        Assert.Equal(new JobCounts { Total = 3, Pending = 2, Skipped = 1, BytesDone = 1000, BytesTotal = 2000 }, (await ShowAsync(job)).Counts);
    }

    [Fact]
    public async Task What_a_job_has_already_is_passed_over()
    {
        var job = await JobAsync(JobSamples.Item(1), JobSamples.Item(2));
        var numbered = new NewItem(new() { Version = new(1), File = new(300_001), ModelName = "m", VersionName = "v", FileName = "f", Type = "VAE" });

        var added = await Store.AddAsync(job, [JobSamples.Item(2), JobSamples.Item(3), JobSamples.Item(3), numbered, numbered], Cancellation);

        Assert.Equal([false, true, false, true, false], added);
        Assert.Equal(4, (await ShowAsync(job)).Counts.Total);
        Assert.All(await Store.AddAsync(await JobAsync(), [JobSamples.Item(1)], Cancellation), Assert.True);
    }

    [Fact]
    public async Task A_job_that_is_over_takes_no_more()
    {
        var job = await JobAsync(JobSamples.Item(1));
        await ApplyAsync(job, JobAction.Cancel);

        var error = await Assert.ThrowsAsync<JobException>(() => Store.AddAsync(job, [JobSamples.Item(2)], Cancellation));

        Assert.Equal(JobFault.InvalidTransition, error.Fault);
        Assert.Contains("cancelled", error.Message, StringComparison.Ordinal);
        Assert.Equal(JobFault.NoSuchJob, (await Assert.ThrowsAsync<JobException>(() => Store.AddAsync(new(999), [JobSamples.Item(2)], Cancellation))).Fault);
    }

    [Fact]
    public async Task Only_what_is_over_can_be_removed_and_its_number_is_never_used_again()
    {
        var job = await JobAsync(JobSamples.Item(1));
        Assert.Equal(JobFault.InUse, (await Assert.ThrowsAsync<JobException>(() => Store.RemoveAsync(job, Cancellation))).Fault);
        await ApplyAsync(job, JobAction.Cancel);

        await Store.RemoveAsync(job, Cancellation);

        Assert.Null(await Other.FindAsync(job, Cancellation));
        Assert.Empty(await ItemsAsync(job));
        Assert.Equal(JobFault.NoSuchJob, (await Assert.ThrowsAsync<JobException>(() => Store.RemoveAsync(job, Cancellation))).Fault);
        Assert.True((await JobAsync(JobSamples.Item(1))).Value > job.Value);
    }

    [Fact]
    public async Task A_draft_can_be_removed()
    {
        var draft = await Store.DraftAsync(JobSamples.Job(), Cancellation);
        await Store.AddAsync(draft, JobSamples.Items(2), Cancellation);

        await Store.RemoveAsync(draft, Cancellation);

        Assert.Empty(await ItemsAsync(draft));
    }

    [Fact]
    public async Task A_job_whose_items_somebody_still_has_in_hand_is_not_removed()
    {
        var job = await JobAsync(JobSamples.Items(2));
        var claim = (await ClaimAsync(JobSamples.Runner(), 1, job))[0];
        await ApplyAsync(job, JobAction.Cancel);

        Assert.Equal(JobFault.InHand, (await Assert.ThrowsAsync<JobException>(() => Store.RemoveAsync(job, Cancellation))).Fault);

        await Store.ReturnAsync(claim, new(), Cancellation);
        await Store.RemoveAsync(job, Cancellation);
        Assert.Null(await Store.FindAsync(job, Cancellation));
    }

    [Fact]
    public async Task A_file_is_wanted_elsewhere_as_long_as_another_job_has_something_to_do_with_its_content()
    {
        var job = await JobAsync(JobSamples.Item(1));
        var other = await JobAsync(JobSamples.Item(1), JobSamples.Item(2));
        Assert.True(await Store.IsWantedElsewhereAsync(job, JobSamples.Item(1).File, Cancellation));
        Assert.False(await Store.IsWantedElsewhereAsync(other, JobSamples.Item(2).File, Cancellation));

        await ApplyAsync(other, JobAction.Pause);
        Assert.True(await Store.IsWantedElsewhereAsync(job, JobSamples.Item(1).File, Cancellation));
        await ApplyAsync(other, JobAction.Cancel);

        Assert.False(await Store.IsWantedElsewhereAsync(job, JobSamples.Item(1).File, Cancellation));
    }
}
