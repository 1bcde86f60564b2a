using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Settles a failed attempt: given up, or given back with the moment of the next one. The second of the two places where a retry is decided (the first is one request's, in Http).</summary>
internal sealed class ItemTroubleshooting(IJobStore store, StorePatience patience, NetworkWatch network, ExitCodeOf exitCodeOf, TimeProvider time, Random jitter)
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ThrottledWait = TimeSpan.FromMinutes(1);

    public async Task<ItemTrouble> SettleAsync(ActiveItem active, Exception failure)
    {
        var trouble = ItemTroubles.Of(failure);
        if (trouble == ItemTrouble.Unreachable && !await network.IsGoneAsync(CancellationToken.None)) trouble = ItemTrouble.Passing;
        if (trouble == ItemTrouble.Passing && active.Claim.Item.Attempts >= MostAttempts) trouble = ItemTrouble.Final;
        if (active.IsLost) return trouble;
        var (error, fetched) = (Describe(failure), active.Meter.Read().Fetched);
        if (trouble is ItemTrouble.Final or ItemTrouble.SignIn)
        {
            var status = trouble == ItemTrouble.Final ? ItemStatus.Failed : ItemStatus.WaitingForSignIn;
            if (trouble == ItemTrouble.SignIn) error = error with { Hint = $"`civitai-dl login` stores a key; `civitai-dl job resume {active.Claim.Item.Job}` lets it go on then." };
            await patience.WriteAsync(() => store.EndAsync(active.Claim, new(status) { Error = error, BytesFetched = fetched, Times = active.Times }, CancellationToken.None));
            return trouble;
        }

        await patience.WriteAsync(() => store.ReturnAsync(active.Claim, new()
        {
            Error = error, BytesFetched = fetched, Times = active.Times, Counts = trouble == ItemTrouble.Passing, NotBefore = time.GetUtcNow() + Wait(trouble, active.Claim.Item.Attempts),
        }, CancellationToken.None));
        return trouble;
    }

    private ItemError Describe(Exception failure) => failure switch
    {
        CivitaiDownloaderException known => new(known.Code, VisibleText.OneLine(known.Message, 500), known.Hint, exitCodeOf(failure)),
        IOException or UnauthorizedAccessException => new("disk", VisibleText.OneLine(DiskReason.Of(failure), 500), null, exitCodeOf(failure)),
        _ => new("internal", VisibleText.OneLine($"{failure.GetType().Name}: {failure.Message}", 500), "This is a mistake of the program: report it with what `--verbose` prints. Nothing is lost.", exitCodeOf(failure)),
    };

    // Half of it certain, half by chance: many that failed together do not come back together.
    private TimeSpan Wait(ItemTrouble trouble, int attempts)
    {
        var longest = trouble switch
        {
            ItemTrouble.Passing => Min(FirstWait * Math.Pow(2, Math.Clamp(attempts - 1, 0, 16)), LongestWait),
            ItemTrouble.Throttled => ThrottledWait,
            ItemTrouble.Busy => BusyWait,
            _ => TimeSpan.Zero,
        };
        lock (jitter) return longest * (0.5 + (jitter.NextDouble() / 2));
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
