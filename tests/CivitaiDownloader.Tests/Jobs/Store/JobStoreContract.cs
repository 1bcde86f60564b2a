using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

/// <summary>What every store of jobs promises. A store is opened twice, as by two processes: what one does, the other sees.</summary>
public abstract partial class JobStoreContract : IAsyncLifetime
{
    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    private protected IJobStore Store { get; private set; } = null!;

    /// <summary>The same jobs, as another process has them.</summary>
    private protected IJobStore Other { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens the one store of this test, as a process of its own would.</summary>
    private protected abstract Task<IJobStore> OpenAsync(TimeProvider time);

    public async ValueTask InitializeAsync() => (Store, Other) = (await OpenAsync(Time), await OpenAsync(Time));

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected async Task<JobId> JobAsync(params NewItem[] items)
    {
        var job = await Store.DraftAsync(JobSamples.Job(), Cancellation);
        await Store.AddAsync(job, items, Cancellation);
        await Store.ConfirmAsync(job, Cancellation);
        return job;
    }

    private protected Task<IReadOnlyList<ItemClaim>> ClaimAsync(RunnerId runner, int most = 1, params JobId[] jobs) =>
        Store.ClaimAsync(new() { Runner = runner, Most = most, Jobs = jobs.Length == 0 ? null : jobs }, Cancellation);

    private protected async Task<ItemClaim> ClaimOneAsync(RunnerId runner) => Assert.Single(await ClaimAsync(runner));

    private protected async Task<JobRecord> ShowAsync(JobId job) => Assert.IsType<JobRecord>(await Other.FindAsync(job, Cancellation));

    private protected Task<IReadOnlyList<ItemRecord>> ItemsAsync(JobId job, ItemFilter? filter = null) => Other.ItemsAsync(job, filter ?? new(), Cancellation);

    private protected Task<JobRecord> ApplyAsync(JobId job, JobAction action, PauseReason? reason = null) => Store.ApplyAsync(job, action, reason, Cancellation);

    private protected async Task EndAllAsync(JobId job, ItemEnd end)
    {
        foreach (var claim in await ClaimAsync(JobSamples.Runner(), 1000, job)) Assert.True(await Store.EndAsync(claim, end, Cancellation));
    }
}
