using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Connections;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Parts;
using CivitaiDownloader.Transfer.Sources;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer;

/// <summary>
/// One pass over a file under one set of facts about its source: find out what is there and what is missing, fetch it, hash it.
/// When the source turns out to serve another file, the pass ends with <see cref="SourceChangedException"/> and the next begins from nothing.
/// </summary>
internal sealed class TransferRun(TransferJob job, FileSource source, ConnectionPermits permits, Action<ByteRange> damagedOnDisk, TimeProvider time) : IDisposable
{
    private Journal? _journal;

    /// <summary>What the source showed; null before it was asked.</summary>
    public SourceFacts? Facts { get; private set; }

    /// <summary>Whether another pass can take up what this one leaves.</summary>
    public bool IsJournalled => _journal is not null;

    /// <summary>Fetches what is missing.</summary>
    /// <returns>What is in the file now, flushed to the disk; not compared with anything.</returns>
    public async Task<Settled> FinishAsync(CancellationToken cancellationToken)
    {
        var kept = TakeUp();
        await using var opened = kept is null ? await BeginAsync(cancellationToken) : null;
        var (facts, records) = (Facts!, kept ?? []);
        job.Meter.StandAt(Coverage.Bytes(records));
        if (facts.TotalBytes is { } total)
        {
            job.Meter.Expect(total);
            if (total > InLineDigest.MostBytes) job.File.Reserve(total); // a small one is written as soon as it is reserved
        }

        var plan = Plan(facts, records);
        var isSmall = facts.TotalBytes <= InLineDigest.MostBytes && records.Count == 0;
        using var buffers = isSmall ? BufferPool.ForSmallFile(job.Buffers) : new BufferPool(job.Buffers, facts is { ServesRanges: true, TotalBytes: > PartRules.FirstBytes } ? permits.PerFile : 1);
        using var digests = new FileDigests(job.Digests);
        using IContentDigest digest = isSmall
            ? new InLineDigest(job.File, digests, buffers)
            : new DigestFollower(job.File, new(records, () => plan.Frontier, Damaged), digests, buffers);
        var length = await FetchAsync(plan, digest, buffers, opened, cancellationToken);
        if (job.File.Length != length) job.File.SetLength(length);
        var changedAt = File.GetLastWriteTimeUtc(job.File.Handle);
        digest.Complete(length);
        job.Request.AllArrived?.Invoke();
        return new(length, await digest.Result.WaitAsync(cancellationToken), changedAt);

        void Damaged(ByteRange range)
        {
            damagedOnDisk(range);
            job.Meter.Lose(range.Length);
            plan.Forget(range);
        }
    }

    /// <summary>Drops everything: the source serves another file now.</summary>
    public void StartOver()
    {
        Dispose();
        Journal.Delete(job.JournalPath);
        job.File.SetLength(0);
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _journal = null;
    }

    /// <summary>Takes up an earlier run's journal.</summary>
    /// <returns>What is there; null when nothing can be taken up.</returns>
    private List<JournalRecord>? TakeUp()
    {
        if (Journal.Read(job.JournalPath) is not { } found || !MayGoOn(found.Header)) return null;
        _journal = Journal.GoOn(job.JournalPath, found, ThisProcess());
        var header = found.Header;
        Facts = new(header.TotalBytes, header.ETag, header.LastModified, ServesRanges: true, header.Store);
        return Coverage.Of(found.Records, job.File.Length);
    }

    /// <summary>Asks the source and begins a journal.</summary>
    private async Task<Opened> BeginAsync(CancellationToken cancellationToken)
    {
        var opened = await new Opening(source, time).AskAsync(cancellationToken);
        try
        {
            Facts = opened.Facts;
            job.File.SetLength(0);
            // Without ranges or a size nothing can be taken up later; below the size of one mark there is nothing to take up.
            if (opened.Facts is { TotalBytes: > Checkpoints.MarkBytes and var total, ServesRanges: true })
                _journal = Journal.Create(job.JournalPath, new(total, Facts.ETag, Facts.LastModified, job.Proof?.ToString(), Facts.Store), ThisProcess());
            else
                Journal.Delete(job.JournalPath);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private PartPlan Plan(SourceFacts facts, List<JournalRecord> records)
    {
        var end = facts.TotalBytes ?? Believable();
        return new(end, Coverage.Missing(records, end), new(permits.PerFile), time) { IsSized = facts.TotalBytes is not null };
    }

    // An origin that names no size is bounded by the catalogue's estimate: half as much again, and room for small files.
    private long Believable() => ((job.Request.EstimatedBytes ?? 0) * 3 / 2) + (64L << 20);

    // Where neither a hash nor a validator could ever show that two runs met two files, the second begins anew.
    private bool MayGoOn(JournalHeader header) => header.Expected == job.Proof?.ToString() && header is not { Expected: null, ETag: null, LastModified: null };

    private async Task<long> FetchAsync(PartPlan plan, IContentDigest digest, BufferPool buffers, Opened? opened, CancellationToken cancellationToken)
    {
        using var digestFailed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = digest.Result.ContinueWith(static (_, source) => ((CancellationTokenSource)source!).Cancel(), digestFailed,
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await using var checkpoints = _journal is null ? null : new Checkpoints(job.File, _journal);
        try
        {
            var way = new Way(plan, digest, buffers, checkpoints);
            var end = Facts! is { ServesRanges: true, TotalBytes: not null } ? await ShareAsync(way, opened, digestFailed.Token)
                : await new OneStream(job, source, plan, Fetcher(way)).FetchAsync(opened!, digestFailed.Token);
            if (checkpoints is not null) await checkpoints.FinishAsync();
            else job.File.Flush();
            return end;
        }
        catch (OperationCanceledException) when (digest.Result.IsFaulted)
        {
            await digest.Result;
            throw;
        }
    }

    private async Task<long> ShareAsync(Way way, Opened? opened, CancellationToken cancellationToken)
    {
        var plan = way.Plan;
        ConnectionCrew? crew = null;
        crew = new(plan, permits, NewMember, time);
        var first = opened is { Turn: { } turn } && plan.Take(PartRules.FirstBytes) is { } part ? (part, turn) : ((Part, Turn)?)null;
        if (opened is not null) plan.Answered(opened.FirstByte);
        do
        {
            if (!plan.IsDone) await crew.RunAsync(first, Facts!, cancellationToken);
            first = null;
            // The digest may still find that the disk has lost what an earlier run wrote.
            if (way.Digest.HasRecordsToCheck) await Task.WhenAny(way.Digest.RecordsChecked, way.Digest.Result, plan.UntilMissing()).WaitAsync(cancellationToken);
        }
        while (!plan.IsDone);
        return plan.TotalBytes;

        CrewMember NewMember() => new(source, plan, permits, Fetcher(way, crew));
    }

    private PartFetcher Fetcher(Way way, ConnectionCrew? crew = null)
    {
        var marks = way.Checkpoints?.Open();
        PartWriter NewWriter(Action<ReadOnlyMemory<byte>> firstBytes) => new(job.File, way.Digest, way.Buffers, marks, job.Meter) { FirstBytes = firstBytes, Pace = new(job.Bandwidth, job.Request.Bandwidth) };
        return crew is null ? new(job, source, way.Plan, NewWriter, time)
            : new(job, source, way.Plan, NewWriter, time) { Flows = crew.Flows, MaySkipAnything = () => crew.RangesAreIgnored };
    }

    private JournalOwner ThisProcess() => new(Environment.ProcessId, Environment.MachineName, time.GetUtcNow());

    /// <summary>What bytes pass on their way in this pass.</summary>
    private sealed record Way(PartPlan Plan, IContentDigest Digest, BufferPool Buffers, Checkpoints? Checkpoints);
}

/// <summary>The source now serves another file under the same name.</summary>
internal sealed class SourceChangedException() : Exception("The source changed.");
