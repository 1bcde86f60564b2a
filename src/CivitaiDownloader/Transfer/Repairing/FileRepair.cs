using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Repairing;

/// <summary>
/// What is done about a file that arrived whole and is wrong: its publisher is asked whether it was replaced; what the disk no longer holds is fetched
/// again; what was wrong when it came is looked for.
/// </summary>
internal sealed class FileRepair(TransferJob job, FileSource source, ContentHash proof)
{
    /// <param name="arrived">What is in the file.</param>
    /// <param name="runAgain">Another pass: holds what is there against the journal and fetches what differs; null where there is no journal.</param>
    /// <returns>The file as it is right, with the hash that proves it.</returns>
    /// <exception cref="TransferException">It cannot be put right, or was replaced by another.</exception>
    public async Task<(Settled Content, ContentHash Proof)> RunAsync(SourceFacts facts, Settled arrived, Func<CancellationToken, Task<Settled>>? runAgain, CancellationToken cancellationToken)
    {
        source.BroughtAll();
        if (await ReplacedAsync(arrived, cancellationToken) is { } now) return (arrived, now);
        if (runAgain is not null)
        {
            arrived = await runAgain(cancellationToken);
            if (arrived.Hashes.Contains(proof)) return (arrived, proof);
        }

        var tried = new RepairAttempt { OnDisk = runAgain is null ? null : job.Meter.Fetched };
        if (!facts.ServesRanges || facts.TotalBytes is null) throw Damaged(arrived, tried);
        source.Links.Renew(); // another link may lead to another store
        var search = new LieSearch(job, source, proof);
        if (await search.RunAsync(facts, arrived.Bytes, cancellationToken) is { } right)
        {
            job.File.Flush();
            return (arrived with { Hashes = right, ChangedAt = File.GetLastWriteTimeUtc(job.File.Handle) }, proof);
        }

        throw Damaged(arrived, tried with { FetchedAgain = search.Fetched, CameDifferently = search.Changed });
    }

    private TransferException Damaged(Settled arrived, RepairAttempt tried) =>
        TransferErrors.Damaged(job.Name, proof, arrived.Hashes.First(hash => hash.Kind == proof.Kind), tried);

    /// <returns>The hash that is announced now, when it is another and what arrived has it; null when nothing changed.</returns>
    private async Task<ContentHash?> ReplacedAsync(Settled arrived, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContentHash>? announced;
        try
        {
            announced = await job.Request.Origin.GetHashesAsync(cancellationToken);
        }
        catch (CivitaiDownloaderException)
        {
            return null; // not to be asked now: the bytes are looked at all the same
        }

        if (announced is null || TransferJob.ProofOf(announced) is not { } now || announced.Contains(proof)) return null;
        return arrived.Hashes.Contains(now) ? now : throw TransferErrors.Replaced(job.Name, proof, now);
    }
}
