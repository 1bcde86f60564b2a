using System.Net;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>What an answer to a ranged request means for the transfer.</summary>
internal abstract record AnswerVerdict
{
    private AnswerVerdict() { }

    /// <summary>The body holds the file's bytes from <paramref name="Start"/>.</summary>
    public sealed record Body(long Start) : AnswerVerdict;

    /// <summary>The file ends where the request began.</summary>
    public sealed record NothingLeft(long TotalBytes) : AnswerVerdict;

    /// <summary>The source now serves another file.</summary>
    public sealed record Changed : AnswerVerdict;

    /// <summary>The link has expired or is refused: a fresh one may do.</summary>
    public sealed record LinkRefused(HttpStatusCode Status) : AnswerVerdict;

    public sealed record Gone(HttpStatusCode Status) : AnswerVerdict;

    /// <summary>A page, not the file.</summary>
    public sealed record Page(string What) : AnswerVerdict;

    public sealed record Encoded(string Encoding) : AnswerVerdict;

    /// <summary>An answer that breaks the protocol; the request may be made again.</summary>
    public sealed record Nonsense(string What) : AnswerVerdict;

    public sealed record Failing(HttpStatusCode Status) : AnswerVerdict;
}

/// <summary>What is known of the file besides what its source shows.</summary>
/// <param name="MayBeDocument">The file is itself a page or JSON.</param>
/// <param name="IsProvable">A hash decides in the end.</param>
internal readonly record struct FileNature(bool MayBeDocument, bool IsProvable);

/// <summary>Judges answers by RFC 9110 (sections 14 and 15) and by what storage hosts are known to send.</summary>
internal static class AnswerJudge
{
    /// <param name="wanted">What was asked for; a whole body counts as its start at 0.</param>
    /// <param name="known">What the source showed before; null on the first answer.</param>
    public static AnswerVerdict Judge(OutboundAnswer answer, ByteRange wanted, SourceFacts? known, FileNature file) => answer.Status switch
    {
        HttpStatusCode.PartialContent => JudgePart(answer, wanted, known, file),
        HttpStatusCode.OK => JudgeWhole(answer, known, file),
        HttpStatusCode.RequestedRangeNotSatisfiable => JudgeUnsatisfiable(answer, wanted, known),
        HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new AnswerVerdict.LinkRefused(answer.Status),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new AnswerVerdict.Gone(answer.Status),
        _ => new AnswerVerdict.Failing(answer.Status),
    };

    private static AnswerVerdict JudgePart(OutboundAnswer answer, ByteRange wanted, SourceFacts? known, FileNature file)
    {
        if (answer.ContentRange is not { } range) return new AnswerVerdict.Nonsense("206 without a Content-Range");
        if (known is not null && !known.AgreesWith(SourceFacts.Of(answer), file.IsProvable)) return new AnswerVerdict.Changed();
        if (range.First != wanted.Start || range.Last < range.First || range.Last >= wanted.End)
            return new AnswerVerdict.Nonsense($"bytes {range.First}-{range.Last} where {wanted.Start}-{wanted.End - 1} were asked for");
        if (answer.ContentLength is { } length && length != range.Last - range.First + 1) return new AnswerVerdict.Nonsense($"{length} bytes for {range.First}-{range.Last}");
        return JudgeContent(answer, file.MayBeDocument) ?? new AnswerVerdict.Body(wanted.Start);
    }

    private static AnswerVerdict JudgeWhole(OutboundAnswer answer, SourceFacts? known, FileNature file)
    {
        // A page has a length and no tag of the file: say "page" before "changed".
        if (JudgeContent(answer, file.MayBeDocument) is { } page) return page;
        if (known is not null && !known.AgreesWith(SourceFacts.Of(answer), file.IsProvable)) return new AnswerVerdict.Changed();
        return new AnswerVerdict.Body(0);
    }

    private static AnswerVerdict JudgeUnsatisfiable(OutboundAnswer answer, ByteRange wanted, SourceFacts? known)
    {
        if (answer.ContentRange?.Total is not { } total)
            return known is { TotalBytes: null } && wanted.Start > 0 ? new AnswerVerdict.NothingLeft(wanted.Start) : new AnswerVerdict.Nonsense("416 without a size");
        if (known?.TotalBytes is { } before && before != total) return new AnswerVerdict.Changed();
        return total == wanted.Start ? new AnswerVerdict.NothingLeft(total) : new AnswerVerdict.Nonsense($"416 for byte {wanted.Start} of {total}");
    }

    private static AnswerVerdict? JudgeContent(OutboundAnswer answer, bool mayBeDocument)
    {
        if (answer.ContentEncoding is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return new AnswerVerdict.Encoded(encoding);
        var type = answer.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        return !mayBeDocument && type is ("text/html" or "application/xhtml+xml" or "application/json" or "application/xml" or "text/xml")
            ? new AnswerVerdict.Page(type)
            : null;
    }
}
