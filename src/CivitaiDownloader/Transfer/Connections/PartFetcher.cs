using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Parts;
using CivitaiDownloader.Transfer.Sources;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer.Connections;

/// <summary>One connection of a file: makes a request for a part and takes in what comes.</summary>
internal sealed class PartFetcher(TransferJob job, FileSource source, PartPlan plan, Func<Action<ReadOnlyMemory<byte>>, PartWriter> newWriter, TimeProvider time)
{
    /// <summary>Bytes that are read and dropped, to get at a part in an answer that begins at the file's first byte.</summary>
    public const long MostSkipped = 32L << 20;

    private PartWriter? _writer;
    private Uri? _answering;

    /// <summary>Told when an answer holds the bytes that were asked for.</summary>
    public Action? Flows { get; init; }

    /// <summary>Whether an answer is read however much of it lies before the part: where the source knows no other way.</summary>
    public Func<bool> MaySkipAnything { get; init; } = static () => true;

    public async Task<AttemptEnd> FetchAsync(Part part, Turn turn, SourceFacts facts, CancellationToken cancellationToken)
    {
        using var watch = new StallWatch(source.Options.StallTimeout, time, cancellationToken) { IsReading = source.HasBrought };
        part.OnDrop(watch.Drop);
        var asked = new ByteRange(part.Written, part.End);
        var question = new Question(turn.Link, turn.Answer is null ? asked : new(asked.Start, Math.Max(asked.End, PartRules.FirstBytes)), facts);
        var at = time.GetTimestamp();
        try
        {
            await using var answer = turn.Answer ?? await source.AskAsync(question, turn, watch.Token);
            _answering = answer.Address;
            watch.IsReading = false;
            var verdict = source.Judge(answer, question);
            if (verdict is not AnswerVerdict.Body body) return new AttemptEnd.Failed(new(verdict, question, answer.Address, answer.RetryAfter));
            if (asked.Start - body.Start > MostSkipped && !MaySkipAnything()) return new AttemptEnd.RangeIgnored(turn.Link);
            if (turn.Answer is null) plan.Answered(time.GetElapsedTime(at));
            source.Links.Worked();
            Flows?.Invoke();
            return await ReceiveAsync(answer, part, asked, skip: asked.Start - body.Start, watch);
        }
        catch (OperationCanceledException) when (watch.Dropped && !cancellationToken.IsCancellationRequested)
        {
            return new AttemptEnd.Dropped();
        }
        catch (OperationCanceledException) when (watch.Stalled && !cancellationToken.IsCancellationRequested)
        {
            return Broken(part, new TimeoutException($"no byte for {source.Options.StallTimeout.TotalSeconds:0} s"));
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or AuthenticationException || (cut is HttpException { IsTransient: true } && source.HasBrought))
        {
            return Broken(part, cut);
        }
    }

    private async Task<AttemptEnd> ReceiveAsync(OutboundAnswer answer, Part part, ByteRange asked, long skip, StallWatch watch)
    {
        var at = time.GetTimestamp();
        var had = part.Written;
        _writer ??= newWriter(start => source.RefusePage(start, _answering!));
        try
        {
            var body = await answer.OpenBodyAsync(watch.Token);
            await _writer.SkipAsync(body, skip, watch);
            await _writer.CopyAsync(body, part, watch);
            watch.IsReading = true;
            var isLast = answer.Status == HttpStatusCode.PartialContent || asked.End == plan.TotalBytes; // else the rest of the file follows rightly
            if (part.Written == asked.End && isLast && answer.ContentLength is null && await body.ReadAsync(new byte[1], watch.Token) > 0)
                throw plan.IsSized ? TransferErrors.TooLong(job.Name, plan.TotalBytes) : TransferErrors.Endless(job.Name, asked.End);
            return new AttemptEnd.Done();
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            answer.Broke(cut);
            throw;
        }
        finally
        {
            plan.Brought(part.Written - had, time.GetElapsedTime(at));
        }
    }

    private AttemptEnd.Broken Broken(Part part, Exception cause) => new(new(part.Written, _answering, cause));
}
