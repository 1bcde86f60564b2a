using System.Net.Http;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Repairing;

/// <summary>Reads a range of the source into memory over a connection of its own, going on over another where one breaks.</summary>
internal sealed class RangeReader(FileSource source) : IAsyncDisposable
{
    private Turn? _turn; // with the answer that is read
    private Stream? _body;
    private long _at;

    /// <summary>Fills <paramref name="into"/> from the start of <paramref name="wanted"/>.</summary>
    /// <param name="until">How far the following calls will go: asked for in one request.</param>
    /// <returns>Bytes read; at least 1.</returns>
    /// <exception cref="TransferException">The source does not give them.</exception>
    public async Task<int> ReadAsync(ByteRange wanted, long until, Memory<byte> into, SourceFacts facts, Patience patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (_body is null || _at != wanted.Start) await OpenAsync(new(wanted.Start, until), facts, patience, cancellationToken);
                using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                stall.CancelAfter(source.Options.StallTimeout);
                var read = await _body!.ReadAsync(into[..(int)wanted.Length], stall.Token);
                _at += read;
                if (read > 0)
                {
                    patience.Progress();
                    source.Links.Worked();
                    await source.Pace.WaitAsync(read, cancellationToken);
                    return read;
                }

                await BrokenAsync(null, wanted, until, patience, cancellationToken);
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException or HttpException { IsTransient: true } || (cut is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                await BrokenAsync(cut, wanted, until, patience, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_turn is not null) await _turn.DisposeAsync();
        (_turn, _body) = (null, null);
    }

    private async Task BrokenAsync(Exception? cause, ByteRange wanted, long until, Patience patience, CancellationToken cancellationToken)
    {
        var address = _turn?.Answer?.Address;
        await DisposeAsync();
        await source.GoOnAsync(new(wanted.Start, address, cause), until, brought: 0, patience, cancellationToken);
    }

    private async Task OpenAsync(ByteRange range, SourceFacts facts, Patience patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            await DisposeAsync();
            _turn = await source.TakeOwnTurnAsync(patience, cancellationToken);
            var question = new Question(_turn.Link, range, facts);
            var answer = await source.AskAnewAsync(question, _turn, cancellationToken);
            _turn = _turn with { Answer = answer };
            var verdict = source.Judge(answer, question);
            if (verdict is AnswerVerdict.Body(var start) && start == range.Start)
            {
                _body = await answer.OpenBodyAsync(cancellationToken);
                _at = start;
                return;
            }

            var trouble = new Trouble(verdict is AnswerVerdict.Body ? new AnswerVerdict.Nonsense("the whole file where a part was asked for") : verdict, question, answer.Address, answer.RetryAfter);
            await DisposeAsync();
            await source.CopeAsync(trouble, patience, cancellationToken);
        }
    }
}
