using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

public abstract partial class JobStoreContract
{
    [Fact]
    public async Task Items_come_a_page_at_a_time_in_the_order_of_the_plan()
    {
        var job = await JobAsync(JobSamples.Items(25));
        await JobAsync(JobSamples.Items(3));
        var (numbers, after) = (new List<long>(), (ItemId?)null);

        while (await ItemsAsync(job, new() { After = after, Most = 10 }) is { Count: > 0 } page)
        {
            numbers.AddRange(page.Select(item => item.File.File.Value - 300_000));
            after = page[^1].Id;
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(number => (long)number), numbers);
    }

    [Fact]
    public async Task Items_are_filtered_by_status_error_and_name()
    {
        var named = JobSamples.Item(9);
        var job = await JobAsync([.. JobSamples.Items(4), named with { File = named.File with { VersionName = "ÉTÉ" } }]);
        var claims = await ClaimAsync(JobSamples.Runner(), 3);
        await Store.EndAsync(claims[0], JobSamples.Failed("http-gone"), Cancellation);
        await Store.EndAsync(claims[1], JobSamples.Failed("damaged"), Cancellation);
        await Store.EndAsync(claims[2], JobSamples.Completed(), Cancellation);

        Assert.Equal([1, 2], await NumbersAsync(new() { Statuses = [ItemStatus.Failed] }));
        Assert.Equal([1, 2, 3], await NumbersAsync(new() { Statuses = [ItemStatus.Failed, ItemStatus.Completed] }));
        Assert.Equal([2], await NumbersAsync(new() { ErrorCode = "damaged" }));
        Assert.Equal([9], await NumbersAsync(new() { Name = "été" }));
        Assert.Equal([3], await NumbersAsync(new() { Name = "LORA 3" }));
        Assert.Equal([4], await NumbersAsync(new() { Name = "DETAIL_4.safe", Statuses = [ItemStatus.Pending] }));
        Assert.Empty(await NumbersAsync(new() { Name = "%" }));

        async Task<IEnumerable<long>> NumbersAsync(ItemFilter filter) => (await ItemsAsync(job, filter)).Select(item => item.File.File.Value - 300_000);
    }

    [Fact]
    public async Task Errors_are_counted_by_their_cause_the_most_frequent_first()
    {
        var job = await JobAsync(JobSamples.Items(6));
        var claims = await ClaimAsync(JobSamples.Runner(), 6);
        await Store.EndAsync(claims[0], JobSamples.Failed("gone", "It is gone"), Cancellation);
        await Store.EndAsync(claims[1], JobSamples.Failed("damaged", "Wrong hash"), Cancellation);
        await Store.EndAsync(claims[2], JobSamples.Failed("damaged", "Wrong hash of another file"), Cancellation);
        await Store.EndAsync(claims[3], new(ItemStatus.WaitingForSignIn) { Error = new("sign-in", "Key refused", null, 4) }, Cancellation);
        await Store.EndAsync(claims[4], JobSamples.Completed(), Cancellation);
        await Store.ReturnAsync(claims[5], new() { Error = new("throttled", "Wait", null, 6) }, Cancellation);

        var groups = await Other.ErrorsAsync(job, Cancellation);

        Assert.Equal([("damaged", "Wrong hash", 2), ("gone", "It is gone", 1), ("sign-in", "Key refused", 1)], groups.Select(group => (group.Code, group.Message, group.Count)));
        Assert.Equal((claims[1].Item.Id, "Nothing to be done."), (groups[0].Example.Id, groups[0].Hint));
    }

    [Fact]
    public async Task Every_change_has_a_revision_of_its_own_and_changes_are_read_by_it()
    {
        var job = await JobAsync(JobSamples.Items(5));
        var other = await JobAsync(JobSamples.Items(2));
        var start = Math.Max((await ShowAsync(job)).Revision, (await ShowAsync(other)).Revision);
        var claims = await ClaimAsync(JobSamples.Runner(), 2, job);
        await Store.EndAsync(claims[1], JobSamples.Completed(), Cancellation);
        await Store.EndAsync(claims[0], JobSamples.Failed(), Cancellation);
        await ClaimAsync(JobSamples.Runner(), 1, other);

        Assert.Equal([claims[1].Item.Id, claims[0].Item.Id], (await Other.ChangesAsync(job, start, 10, Cancellation)).Select(item => item.Id));
        var end = (await ShowAsync(job)).Revision;
        Assert.Empty(await Other.ChangesAsync(job, end, 10, Cancellation));

        await ApplyAsync(job, JobAction.Cancel);

        var (read, at) = (new List<ItemRecord>(), end);
        while (await Other.ChangesAsync(job, at, 2, Cancellation) is { Count: > 0 } page)
        {
            read.AddRange(page);
            at = page[^1].Revision;
        }

        Assert.Equal(3, read.Count);
        Assert.All(read, item => Assert.Equal(ItemStatus.Cancelled, item.Status));
        Assert.True((await ShowAsync(job)).Revision > end);
    }
}
