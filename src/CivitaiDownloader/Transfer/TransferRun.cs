using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Sources;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer;

/// <summary>
/// One pass over a file under one set of facts about its source: find out what is there and what is missing, fetch it, settle its hash.
/// When the source turns out to serve another file, the pass ends with <see cref="SourceChangedException"/> and the next begins from nothing.
/// </summary>
internal sealed class TransferRun(TransferJob job, PartFetcher fetcher, TimeProvider time) : IDisposable
{
    private Journal? _journal;

    public async Task<StagedFile> FinishAsync(CancellationToken cancellationToken)
    {
        var (facts, prefix) = await PrepareAsync(cancellationToken);
        var have = prefix.Count == 0 ? 0 : prefix[^1].Range.End;
        job.Meter.StandAt(have);
        if (facts.TotalBytes is { } total) job.Meter.Expect(total);

        using var digest = new DigestFollower(job.File, prefix);
        var length = await FetchAsync(digest, facts, have, cancellationToken);
        job.File.SetLength(length);
        var changedAt = File.GetLastWriteTimeUtc(job.File.Handle);
        digest.Complete(length);
        return Settle(new(length, ContentHash.Sha256(await digest.Result.WaitAsync(cancellationToken)), changedAt));
    }

    /// <summary>Drops everything: the source serves another file now.</summary>
    public void StartOver()
    {
        Dispose();
        Journal.Delete(job.JournalPath);
        job.File.SetLength(0);
    }

    /// <summary>Keeps what lies before <paramref name="offset"/>; the rest is fetched again.</summary>
    public void ForgetFrom(long offset)
    {
        var header = _journal!.Header;
        Dispose();
        var kept = Journal.PrefixOf(Journal.Read(job.JournalPath)?.Records ?? []).TakeWhile(record => record.Range.End <= offset).ToArray();
        Journal.Replace(job.JournalPath, header, ThisProcess(), kept);
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _journal = null;
    }

    /// <summary>Takes up an earlier run's journal, or asks the source and begins one.</summary>
    private async Task<(SourceFacts Facts, List<JournalRecord> Prefix)> PrepareAsync(CancellationToken cancellationToken)
    {
        if (Journal.Read(job.JournalPath) is { } found && MayGoOn(found.Header))
        {
            _journal = Journal.GoOn(job.JournalPath, found, ThisProcess());
            var onDisk = job.File.Length;
            var header = found.Header;
            return (new(header.TotalBytes, header.ETag, header.LastModified, ServesRanges: true),
                [.. Journal.PrefixOf(found.Records).TakeWhile(record => record.Range.End <= onDisk)]);
        }

        var facts = await fetcher.ProbeAsync(cancellationToken);
        job.File.SetLength(0);
        if (facts is { TotalBytes: { } total, ServesRanges: true })
            _journal = Journal.Create(job.JournalPath, new(total, facts.ETag, facts.LastModified, job.Proof?.ToString()), ThisProcess());
        else
            Journal.Delete(job.JournalPath); // without ranges or a size nothing can be taken up later
        return (facts, []);
    }

    // Where neither a hash nor a validator could ever show that two runs met two files, the second begins anew.
    private bool MayGoOn(JournalHeader header) => header.Expected == job.Proof?.ToString() && header is not { Expected: null, ETag: null, LastModified: null };

    private async Task<long> FetchAsync(DigestFollower digest, SourceFacts facts, long have, CancellationToken cancellationToken)
    {
        using var digestFailed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = digest.Result.ContinueWith(static (_, source) => ((CancellationTokenSource)source!).Cancel(), digestFailed,
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await using var checkpoints = _journal is null ? null : new Checkpoints(job.File, _journal);
        try
        {
            var end = await fetcher.FetchAsync(new(facts, digest, checkpoints), have, digestFailed.Token);
            if (checkpoints is not null) await checkpoints.FinishAsync();
            job.File.Flush();
            return end;
        }
        catch (OperationCanceledException) when (digest.Result.IsFaulted)
        {
            await digest.Result;
            throw;
        }
    }

    private StagedFile Settle(Settled content)
    {
        if (job.Proof is not { } proof) return new(job.File, content, provedBy: null);
        var actual = proof.Kind == HashKind.Sha256 ? content.Sha256 : Blake3Digest.Of(job.File, content.Bytes);
        if (actual == proof) return new(job.File, content, proof);
        StartOver();
        throw TransferErrors.Damaged(job.Name, proof, actual);
    }

    private JournalOwner ThisProcess() => new(Environment.ProcessId, Environment.MachineName, time.GetUtcNow());
}

/// <summary>The source now serves another file under the same name.</summary>
internal sealed class SourceChangedException() : Exception("The source changed.");
