using System.Net.Http;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Sources;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer;

/// <summary>Where fetched bytes go, and what the source must go on showing.</summary>
internal sealed record PartSink(SourceFacts Facts, DigestFollower Digest, Checkpoints? Checkpoints);

/// <summary>One connection to the source: as many attempts as it takes, as long as bytes keep coming.</summary>
internal sealed class PartFetcher(TransferJob job, Outbound outbound, TransferOptions options, TimeProvider time, Random jitter)
{
    // An origin that names no size is bounded by the catalogue's estimate: half as much again, and room for small files.
    private const long RoomBeyondEstimate = 64L * 1024 * 1024;

    private readonly LinkKeeper _links = new(job.Request.Origin);
    private readonly Patience _patience = new(options, time, jitter);

    /// <summary>Asks for one byte: shows size, validator, and whether ranges are served. Not HEAD: signed links name their method (AWS Signature Version 4).</summary>
    public async Task<SourceFacts> ProbeAsync(CancellationToken cancellationToken)
    {
        var first = new ByteRange(0, 1);
        while (true)
        {
            await using var answer = await OpenAsync(first, facts: null, cancellationToken);
            switch (AnswerJudge.Judge(answer, first, known: null, job.Request.MayBeDocument))
            {
                case AnswerVerdict.Body: return SourceFacts.Of(answer);
                case AnswerVerdict.NothingLeft(0): return new(0, answer.ETag, answer.LastModified, ServesRanges: true);
                case var trouble: await CopeAsync(trouble, answer, cancellationToken); break;
            }
        }
    }

    /// <summary>Fetches from <paramref name="position"/> to the end of the file.</summary>
    /// <returns>Where the file ends.</returns>
    public async Task<long> FetchAsync(PartSink sink, long position, CancellationToken cancellationToken)
    {
        var end = sink.Facts.TotalBytes ?? ((job.Request.EstimatedBytes ?? 0) * 3 / 2) + RoomBeyondEstimate;
        while (position < end)
        {
            var part = new ByteRange(position, end);
            await using var answer = await OpenAsync(part, sink.Facts, cancellationToken);
            var verdict = AnswerJudge.Judge(answer, part, sink.Facts, job.Request.MayBeDocument);
            // A body of unknown size that was cut right behind its last byte: only the refusal of the rest shows that it was the last.
            if (verdict is AnswerVerdict.NothingLeft && sink.Facts.TotalBytes is null) return position;
            if (verdict is not AnswerVerdict.Body body)
            {
                await CopeAsync(verdict, answer, cancellationToken);
                continue;
            }

            var attempt = await ReceiveAsync(answer, sink, part, skip: position - body.Start, cancellationToken);
            if (attempt.Position > position) Progress();
            position = attempt.Position;
            if (attempt.IsWhole && sink.Facts.TotalBytes is null) return position;
            if (position < end) await GoOnAsync(attempt, answer, end, cancellationToken);
        }

        return sink.Facts.TotalBytes is null ? throw TransferErrors.Endless(job.Name, end) : end;
    }

    private async Task<OutboundAnswer> OpenAsync(ByteRange range, SourceFacts? facts, CancellationToken cancellationToken)
    {
        var link = await _links.GetAsync(cancellationToken);
        return await outbound.SendAsync(new(link) { Range = range, IfRange = facts?.StrongETag }, cancellationToken);
    }

    /// <param name="skip">Bytes at the start of the body that are there already, because the source ignored the range.</param>
    private async Task<PartAttempt> ReceiveAsync(OutboundAnswer answer, PartSink sink, ByteRange part, long skip, CancellationToken cancellationToken)
    {
        var writer = new PartWriter(job.File, sink.Digest, sink.Checkpoints, job.Meter) { FirstBytes = bytes => RefusePage(bytes, answer.Address) };
        var progress = new PartProgress { Position = part.Start };
        using var watch = new StallWatch(options.StallTimeout, time, cancellationToken);
        try
        {
            var body = await answer.OpenBodyAsync(watch.Token);
            await PartWriter.SkipAsync(body, skip, watch);
            await writer.CopyAsync(body, part, progress, watch);
            if (progress.Position == part.End && answer.ContentLength is null && await body.ReadAsync(new byte[1], watch.Token) > 0)
                throw sink.Facts.TotalBytes is { } total ? TransferErrors.TooLong(job.Name, total) : TransferErrors.Endless(job.Name, part.End);
            return new(progress.Position, IsWhole: true, Cause: null);
        }
        catch (OperationCanceledException) when (watch.Stalled)
        {
            return new(progress.Position, IsWhole: false, new TimeoutException($"no byte for {options.StallTimeout.TotalSeconds:0} s"));
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            return new(progress.Position, IsWhole: false, cut);
        }
    }

    private async Task GoOnAsync(PartAttempt attempt, OutboundAnswer answer, long end, CancellationToken cancellationToken)
    {
        var endedEarly = attempt.Cause is null or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded };
        await RetryAsync(
            () => endedEarly
                ? TransferErrors.TooShort(job.Name, attempt.Position, end)
                : TransferErrors.Unreachable(job.Name, new(answer.Address), attempt.Cause),
            cancellationToken);
    }

    private async Task CopeAsync(AnswerVerdict verdict, OutboundAnswer answer, CancellationToken cancellationToken)
    {
        var source = new RedactedUri(answer.Address);
        switch (verdict)
        {
            case AnswerVerdict.Changed:
                throw new SourceChangedException();
            case AnswerVerdict.Encoded(var encoding):
                throw TransferErrors.Encoded(job.Name, source, encoding);
            case AnswerVerdict.Failing(var status):
                throw TransferErrors.SourceFailing(job.Name, source, status); // Http has tried more than once
            case AnswerVerdict.LinkRefused(var status):
                await RenewAsync(LinkKeeper.MostRefusals, () => TransferErrors.LinkRefused(job.Name, source, status), cancellationToken);
                break;
            case AnswerVerdict.Gone(var status):
                await RenewAsync(1, () => TransferErrors.SourceGone(job.Name, source, status), cancellationToken);
                break;
            case AnswerVerdict.Page(var what):
                await RenewAsync(1, () => TransferErrors.NotAFile(job.Name, source, what), cancellationToken);
                break;
            case AnswerVerdict.Nonsense(var what):
                await RetryAsync(() => TransferErrors.Unreachable(job.Name, source, new InvalidDataException(what)), cancellationToken);
                break;
            default:
                throw TransferErrors.Unreachable(job.Name, source, new InvalidDataException($"unexpected answer {(int)answer.Status}"));
        }
    }

    private async Task RenewAsync(int mostRefusals, Func<TransferException> giveUp, CancellationToken cancellationToken)
    {
        if (!_links.MayRenew(mostRefusals)) throw giveUp();
        _links.Refused();
        job.Meter.Retry();
        await _patience.WaitAsync(askedFor: null, cancellationToken);
    }

    private async Task RetryAsync(Func<TransferException> giveUp, CancellationToken cancellationToken)
    {
        _patience.Fruitless();
        if (_patience.IsExhausted) throw giveUp();
        job.Meter.Retry();
        await _patience.WaitAsync(askedFor: null, cancellationToken);
    }

    private void Progress()
    {
        _links.Worked();
        _patience.Progress();
    }

    private void RefusePage(ReadOnlyMemory<byte> start, Uri source)
    {
        if (!job.Request.MayBeDocument && PageSniffer.LooksLikePage(start.Span))
            throw TransferErrors.NotAFile(job.Name, new(source), "a page");
    }

    /// <param name="IsWhole">The body ended where it said it would.</param>
    private sealed record PartAttempt(long Position, bool IsWhole, Exception? Cause);
}
