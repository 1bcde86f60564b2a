using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Parts;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>The first answer of a source and what it shows. Its body has not been read.</summary>
/// <param name="Answer">Null for an empty file.</param>
/// <param name="Link">The link that was asked.</param>
internal sealed record Opened(SourceFacts Facts, OutboundAnswer? Answer, Uri Link, ByteRange Asked, TimeSpan FirstByte) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Answer?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>
/// Begins a file nothing is known of: asks for its first part, whose answer shows size, validator, and whether ranges are served. Not HEAD: signed links
/// name their method (AWS Signature Version 4).
/// </summary>
internal sealed class Opening(FileSource source, TimeProvider time)
{
    public async Task<Opened> AskAsync(CancellationToken cancellationToken)
    {
        var first = new ByteRange(0, PartRules.FirstBytes);
        var patience = source.NewPatience();
        while (true)
        {
            var link = await source.Links.GetAsync(cancellationToken);
            var asked = time.GetTimestamp();
            var question = new Question(link, first, Known: null);
            var answer = await source.AskAsync(question, place: null, cancellationToken);
            switch (source.Judge(answer, question))
            {
                case AnswerVerdict.Body:
                    return new(SourceFacts.Of(answer), answer, link, first, time.GetElapsedTime(asked));
                case AnswerVerdict.NothingLeft(0):
                    await answer.DisposeAsync();
                    return new(SourceFacts.Of(answer) with { TotalBytes = 0 }, null, link, first, TimeSpan.Zero);
                case var other:
                    var trouble = new Trouble(other, question, answer.Address, answer.RetryAfter);
                    await answer.DisposeAsync();
                    await source.CopeAsync(trouble, patience, cancellationToken);
                    break;
            }
        }
    }
}
