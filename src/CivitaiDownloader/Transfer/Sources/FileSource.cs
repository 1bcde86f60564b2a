using System.Net;
using System.Net.Http;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>What all connections of one file share in dealing with its source: the link, how requests are made, what answers mean and what is done about them.</summary>
internal sealed class FileSource(TransferJob job, Outbound outbound, ConnectionPermits permits, TransferOptions options, TimeProvider time, Random jitter) : IDisposable
{
    // The breaker's pause is longer than the waits between attempts that end nothing: counted at this pace they outlast it.
    private static readonly TimeSpan WhileOpen = TimeSpan.FromSeconds(5);

    private const long WorthARequest = 64 << 10;

    private bool _hasBroughtAll;

    public LinkKeeper Links { get; } = new(job.Request.Origin);

    public TransferOptions Options => options;

    public int ConnectionsPerFile => permits.PerFile;

    /// <summary>Whether bytes have come: then there are other ways than to insist, and more patience.</summary>
    public bool HasBrought => _hasBroughtAll || job.Meter.Fetched > 0;

    /// <summary>The whole file has come from it, in this run or before; what is asked for now is for its repair.</summary>
    public void BroughtAll() => _hasBroughtAll = true;

    public TransferPace Pace => new(job.Bandwidth, job.Request.Bandwidth);

    public Patience NewPatience() => new(options, time, jitter, job.Meter);

    /// <summary>Asks for a range. Before the first byte has come, failures are retried here; later the other connections go on and this one copes by itself.</summary>
    public Task<OutboundAnswer> AskAsync(Question question, Turn turn, CancellationToken cancellationToken) => outbound.SendAsync(
        new(question.Link) { Range = question.Range, IfRange = question.Tag, Place = turn.Place, Sharing = turn.Sharing, AsksOnce = HasBrought }, cancellationToken);

    /// <summary>As <see cref="AskAsync"/>, over a connection of its own: what came over those in use may be wrong because of them.</summary>
    public Task<OutboundAnswer> AskAnewAsync(Question question, Turn turn, CancellationToken cancellationToken) => outbound.SendAsync(
        new(question.Link) { Range = question.Range, IfRange = question.Tag, Place = turn.Place, OnNewConnection = true }, cancellationToken);

    /// <summary>
    /// Waits for all it takes to make a request. This is the only place where any of it is waited for, and always in this order: who has a place of a host waits
    /// for nothing else, so that two who wait for each other cannot be. Whoever calls has no turn.
    /// </summary>
    /// <exception cref="CivitaiDownloaderException">There is no link to be had; where that may pass, not for so long that it is no use.</exception>
    public Task<Turn> TakeTurnAsync(Patience patience, CancellationToken cancellationToken) => TakeTurnAsync(Sharing, patience, cancellationToken);

    /// <summary>As <see cref="TakeTurnAsync(Patience, CancellationToken)"/>, for a connection of one's own.</summary>
    public Task<Turn> TakeOwnTurnAsync(Patience patience, CancellationToken cancellationToken) => TakeTurnAsync(Sharing.OwnConnection, patience, cancellationToken);

    private async Task<Turn> TakeTurnAsync(Sharing sharing, Patience patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await TakeTurnOnceAsync(sharing, cancellationToken);
            }
            catch (CivitaiDownloaderException noLink) when (noLink.IsTransient && HasBrought)
            {
                await GoOnAsync(new(0, null, noLink), end: 0, brought: 0, patience, cancellationToken); // without a permit: it holds nobody up
            }
        }
    }

    public AnswerVerdict Judge(OutboundAnswer answer, Question question) =>
        AnswerJudge.Judge(answer, question.Range, question.Known, new(job.Request.MayBeDocument, IsProvable: job.Proof is not null));

    /// <summary>The first bytes of the file: a page is refused.</summary>
    public void RefusePage(ReadOnlyMemory<byte> start, Uri source)
    {
        if (!job.Request.MayBeDocument && PageSniffer.LooksLikePage(start.Span)) throw TransferErrors.NotAFile(job.Name, new(source), "a page");
    }

    /// <summary>An answer other than the bytes: returns when it is time to ask again.</summary>
    /// <exception cref="TransferException">There is no use in it.</exception>
    /// <exception cref="SourceChangedException">The source serves another file, and says so twice.</exception>
    public async Task CopeAsync(Trouble trouble, Patience patience, CancellationToken cancellationToken)
    {
        var source = new RedactedUri(trouble.Source);
        switch (trouble.Verdict)
        {
            case AnswerVerdict.Changed:
                await ConfirmChangeAsync(trouble.Question, patience, cancellationToken);
                break;
            case AnswerVerdict.Encoded(var encoding):
                throw TransferErrors.Encoded(job.Name, source, encoding);
            case AnswerVerdict.Failing(var status) when !HostPolicy.IsPassing(status) || !HasBrought: // then Http has tried more than once
                throw TransferErrors.SourceFailing(job.Name, source, status);
            case AnswerVerdict.Failing(var status):
                await RetryAsync(patience, () => TransferErrors.SourceFailing(job.Name, source, status), trouble.RetryAfter, cancellationToken);
                break;
            case AnswerVerdict.LinkRefused(var status):
                await RenewAsync(trouble.Question.Link, LinkKeeper.MostRefusals, patience, () => TransferErrors.LinkRefused(job.Name, source, status), cancellationToken);
                break;
            case AnswerVerdict.Gone(var status):
                await RenewAsync(trouble.Question.Link, 1, patience, () => TransferErrors.SourceGone(job.Name, source, status), cancellationToken);
                break;
            case AnswerVerdict.Page(var what):
                await RenewAsync(trouble.Question.Link, 1, patience, () => TransferErrors.NotAFile(job.Name, source, what), cancellationToken);
                break;
            case AnswerVerdict.Nonsense(var what):
                await RetryAsync(patience, () => TransferErrors.Unreachable(job.Name, source, new InvalidDataException(what)), trouble.RetryAfter, cancellationToken);
                break;
            default:
                await RetryAsync(patience, () => TransferErrors.Unreachable(job.Name, source, new InvalidDataException("an unexpected answer")), trouble.RetryAfter, cancellationToken);
                break;
        }
    }

    /// <summary>A body that ended early: returns when it is time to ask for the rest. At once where it had brought something worth a request: a line that is cut now and then loses nothing by it.</summary>
    /// <param name="end">Where the body should have ended.</param>
    /// <param name="brought">Bytes that came before it ended.</param>
    /// <exception cref="TransferException">It is no use: nothing has come for too many attempts.</exception>
    public async Task GoOnAsync(Cut cut, long end, long brought, Patience patience, CancellationToken cancellationToken)
    {
        if (brought == 0)
        {
            await RetryAsync(patience, () => GivenUp(cut, end), cut.Cause is HttpException { Fault: HttpFault.CircuitOpen } ? WhileOpen : null, cancellationToken);
            return;
        }

        job.Meter.Retry();
        if (brought < WorthARequest) await patience.WaitAsync(askedFor: null, cancellationToken);
    }

    public void Dispose() => Links.Dispose();

    // One answer may have been garbled on its way, or be an old one of a cache: all that is there is given up only when a second, over another connection, agrees with it.
    private async Task ConfirmChangeAsync(Question doubted, Patience patience, CancellationToken cancellationToken)
    {
        var question = doubted.OfOneByte;
        Trouble second;
        try
        {
            await using var turn = await TakeOwnTurnAsync(patience, cancellationToken);
            question = question with { Link = turn.Link };
            await using var answer = await AskAnewAsync(question, turn, cancellationToken);
            second = new(Judge(answer, question), question, answer.Address, answer.RetryAfter);
        }
        catch (HttpException none) when (none.IsTransient)
        {
            await GoOnAsync(new(question.Range.Start, null, none), doubted.Range.End, brought: 0, patience, cancellationToken);
            return;
        }

        if (second.Verdict is AnswerVerdict.Changed) throw new SourceChangedException();
        var agrees = second.Verdict is AnswerVerdict.Body or AnswerVerdict.NothingLeft;
        await CopeAsync(agrees ? second with { Verdict = new AnswerVerdict.Nonsense("the size or entity tag of another file, and that of this one when asked again") } : second, patience, cancellationToken);
    }

    private async Task<Turn> TakeTurnOnceAsync(Sharing sharing, CancellationToken cancellationToken)
    {
        if (sharing == Sharing.Any && await Links.GetAsync(cancellationToken) is var shared && outbound.Shares(shared))
            return new(Permit: null, shared, await outbound.EnterAsync(shared, sharing, cancellationToken)) { Sharing = sharing };
        IDisposable? permit = await permits.EnterAsync(cancellationToken);
        try
        {
            var link = await Links.GetAsync(cancellationToken);
            var place = await outbound.EnterAsync(link, sharing, cancellationToken);
            if (HostPlaces.IsShared(place))
            {
                permit.Dispose(); // what shares a connection is none, and large files need every one they may have
                permit = null;
            }

            return new(permit, link, place) { Sharing = sharing };
        }
        catch
        {
            permit?.Dispose();
            throw;
        }
    }

    // What is small is all round trips; what is not gets connections of its own, each with its own congestion window.
    private Sharing Sharing => (job.Meter.Read().Total ?? job.Request.EstimatedBytes) < TransferRequest.SmallBytes ? Sharing.Any : Sharing.OwnConnection;

    private Exception GivenUp(Cut cut, long end)
    {
        if (cut.Cause is CivitaiDownloaderException told) return told;
        var endedEarly = cut.Cause is null or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded };
        return endedEarly ? TransferErrors.TooShort(job.Name, cut.Position, end) : TransferErrors.Unreachable(job.Name, new(cut.Source!), cut.Cause);
    }

    private async Task RenewAsync(Uri link, int mostRefusals, Patience patience, Func<TransferException> giveUp, CancellationToken cancellationToken)
    {
        if (Links.Refused(link, mostRefusals) is not { } refusals)
        {
            if (!HasBrought) throw giveUp();
            Links.Drop(link);
            await RetryAsync(patience, giveUp, askedFor: null, cancellationToken); // other connections may get on; this one gives up when none does
            return;
        }

        job.Meter.Retry();
        if (refusals > 1) await patience.WaitAsync(askedFor: null, cancellationToken); // a link that has just expired is no reason to wait
    }

    private async Task RetryAsync(Patience patience, Func<Exception> giveUp, TimeSpan? askedFor, CancellationToken cancellationToken)
    {
        patience.Fruitless();
        if (patience.IsExhausted) throw giveUp();
        job.Meter.Retry();
        await patience.WaitAsync(askedFor, cancellationToken);
    }
}

/// <summary>An answer that is not the bytes that were asked for.</summary>
internal sealed record Trouble(AnswerVerdict Verdict, Question Question, Uri Source, TimeSpan? RetryAfter);

/// <summary>A body that ended before its end, or a request that had no answer.</summary>
/// <param name="Source">The address that answered; null where none did.</param>
internal sealed record Cut(long Position, Uri? Source, Exception? Cause);
