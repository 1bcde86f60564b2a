using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Parts;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>The first answer of a source and what it shows. Its body has not been read.</summary>
/// <param name="Turn">With the answer; null for an empty file.</param>
internal sealed record Opened(SourceFacts Facts, Turn? Turn, TimeSpan FirstByte) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Turn?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>
/// Begins a file nothing is known of: asks for its first part, whose answer shows size, validator, and whether ranges are served. Not HEAD: signed links
/// name their method (AWS Signature Version 4).
/// </summary>
internal sealed class Opening(FileSource source, TimeProvider time)
{
    private static readonly ByteRange First = new(0, PartRules.FirstBytes);

    public async Task<Opened> AskAsync(CancellationToken cancellationToken)
    {
        var patience = source.NewPatience();
        while (true)
        {
            var (opened, trouble) = await AskOnceAsync(patience, cancellationToken);
            if (opened is not null) return opened;
            if (trouble is not null) await source.CopeAsync(trouble, patience, cancellationToken);
        }
    }

    private async Task<(Opened?, Trouble?)> AskOnceAsync(Patience patience, CancellationToken cancellationToken)
    {
        var turn = await source.TakeTurnAsync(patience, cancellationToken);
        var isTaken = false;
        HttpException broken;
        try
        {
            var question = new Question(turn.Link, First, Known: null);
            var asked = time.GetTimestamp();
            turn = turn with { Answer = await source.AskAsync(question, turn, cancellationToken) };
            var facts = SourceFacts.Of(turn.Answer);
            switch (source.Judge(turn.Answer, question))
            {
                case AnswerVerdict.Body:
                    isTaken = true;
                    return (new(facts, turn, time.GetElapsedTime(asked)), null);
                case AnswerVerdict.NothingLeft(0):
                    return (new(facts with { TotalBytes = 0 }, null, TimeSpan.Zero), null);
                case var other:
                    return (null, new(other, question, turn.Answer.Address, turn.Answer.RetryAfter));
            }
        }
        catch (HttpException cut) when (cut is { IsTransient: true, BrokeOff: true }) // a host that does not even let itself be connected to is told at once
        {
            broken = cut;
        }
        finally
        {
            if (!isTaken) await turn.DisposeAsync();
        }

        await source.GoOnAsync(new(First.Start, null, broken), First.End, brought: 0, patience, cancellationToken);
        return (null, null);
    }
}
