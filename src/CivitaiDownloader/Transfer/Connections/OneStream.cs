using CivitaiDownloader.Transfer.Parts;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Connections;

/// <summary>A file whose source names no size or serves no ranges: one connection, from its first byte to its last.</summary>
internal sealed class OneStream(TransferJob job, FileSource source, PartPlan plan, PartFetcher fetcher)
{
    /// <returns>Where the file ends.</returns>
    public async Task<long> FetchAsync(Opened opened, CancellationToken cancellationToken)
    {
        if (plan.IsDone) return plan.TotalBytes; // an empty file
        var patience = source.NewPatience();
        var turn = opened.Turn!;
        for (var part = plan.Take(opened.Facts.ServesRanges ? PartRules.FirstBytes : long.MaxValue)!; ; part = plan.Take(long.MaxValue)!)
        {
            var had = part.Written;
            AttemptEnd end;
            try
            {
                end = await fetcher.FetchAsync(part, turn, opened.Facts, cancellationToken);
            }
            finally
            {
                plan.Release(part);
                await turn.DisposeAsync();
            }

            if (part.Written > had) patience.Progress();
            if (!plan.IsSized && EndOf(part, end, mayGoOn: opened.Facts.ServesRanges && part.Written > had) is { } length) return length;
            if (plan.IsDone) return plan.IsSized ? plan.TotalBytes : throw TransferErrors.Endless(job.Name, plan.TotalBytes);
            await CopeAsync(end, part, part.Written - had, patience, cancellationToken);
            turn = await source.TakeTurnAsync(patience, cancellationToken);
        }
    }

    /// <param name="mayGoOn">The host gives ranges and may have given less than was asked for: it is asked on until it refuses.</param>
    private static long? EndOf(Part part, AttemptEnd end, bool mayGoOn) => end switch
    {
        AttemptEnd.Done when !part.IsWhole && !mayGoOn => part.Written,
        // A body of unknown size that was cut right behind its last byte: only the refusal of the rest shows that it was the last.
        AttemptEnd.Failed { Trouble.Verdict: AnswerVerdict.NothingLeft } => part.Written,
        _ => null,
    };

    private Task CopeAsync(AttemptEnd end, Part part, long brought, Patience patience, CancellationToken cancellationToken) => end switch
    {
        AttemptEnd.Failed failed => source.CopeAsync(failed.Trouble, patience, cancellationToken),
        AttemptEnd.Broken broken => source.GoOnAsync(broken.Cut, part.End, brought, patience, cancellationToken),
        AttemptEnd.Done when part.IsWhole => Task.CompletedTask, // the first part; the rest is asked for next
        _ => source.GoOnAsync(new(part.Written, null, null), part.End, brought, patience, cancellationToken),
    };
}
