using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Strategies;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Works on jobs in this process, together with whatever other processes do. One run at a time needs no other; several at once share the work.</summary>
public sealed class JobRunner(IJobStore store, JobRunnerParts parts, TimeProvider time, Random jitter, ExitCodeOf? exitCodeOf = null)
{
    /// <summary>Runs what is due, until nothing can go on (<see cref="JobRunRequest.Stays"/>) or it is cancelled: then everything stops at its byte and is given back.</summary>
    /// <param name="watch">Shown what happens, a few times a second and when something ends, on the run's own path: it must be quick. Null for nobody.</param>
    /// <exception cref="Storage.StorageException">The store cannot be read or written. What was fetched is kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RunAsync(JobRunRequest request, Action<IReadOnlyList<JobRunSnapshot>>? watch, CancellationToken cancellationToken)
    {
        MakeThreads();
        var network = new NetworkWatch(parts.Probe, time);
        using var patience = new StorePatience(time);
        var troubles = new ItemTroubleshooting(store, patience, network, exitCodeOf ?? (static _ => 1), time, jitter);
        var work = new ItemWork(store, patience, parts.Catalog, parts.Ways, parts.Contents, troubles);
        await new JobRun(store, request, new(work, patience, network, parts.Strategies, parts.Ways, parts.Outbound), time) { Watch = watch }.RunAsync(cancellationToken);
    }

    // Flushing a file and writing to the database hold a thread each; the pool would add one every half second only.
    private static void MakeThreads()
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, 48), ports);
    }
}

/// <summary>What a run is made of besides its store.</summary>
public sealed record JobRunnerParts(CivitaiCatalog Catalog, EndpointProbe Probe, LibraryWays Ways, ContentTurns Contents, JobStrategies Strategies, Outbound Outbound);
