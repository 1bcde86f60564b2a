using System.Globalization;
using System.Text;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Exporting;

/// <summary>A page about a job: its counts, what went wrong by its cause, every item. Names are hostile: none of them becomes markup.</summary>
internal static class JobMarkdown
{
    public static async Task WriteAsync(IJobStore store, JobRecord job, TextWriter to, CancellationToken cancellationToken)
    {
        var counts = job.Counts;
        await to.WriteLineAsync($"# Job {job.Id}: {Plain(job.Name)}\n");
        await to.WriteLineAsync($"{JobWords.Of(job.Status)}, made {Moment(job.CreatedAt)}{(job.EndedAt is { } ended ? $", over {Moment(ended)}" : "")}.\n");
        await to.WriteLineAsync("| files | done | there before | failed | quarantined | waiting for sign-in | cancelled | left | bytes done | of |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        await to.WriteLineAsync($"| {counts.Total} | {counts.Completed} | {counts.Skipped} | {counts.Failed} | {counts.Quarantined} | {counts.WaitingForSignIn} | {counts.Cancelled} | {counts.Pending + counts.Processing} | {ByteSize.Format(counts.BytesDone)} | {ByteSize.Format(counts.BytesTotal)} |");
        var errors = await store.ErrorsAsync(job.Id, cancellationToken);
        if (errors.Count > 0) await to.WriteLineAsync("\n## What went wrong\n\n| items | error | the first | next |\n|--:|---|---|---|");
        foreach (var group in errors) await to.WriteLineAsync($"| {group.Count} | {Plain(group.Code)} | {Plain(group.Message)} | {Plain(group.Hint ?? "")} |");
        await to.WriteLineAsync("\n## Files\n\n| file | model | bytes | status | verified | path or error |\n|---|---|--:|---|---|---|");
        await foreach (var item in store.AllItemsAsync(job.Id, new() { Most = int.MaxValue }, cancellationToken))
        {
            var what = item.Status.IsDone ? item.Path : item.Error?.Message;
            await to.WriteLineAsync($"| {Plain(item.File.FileName)} | {Plain(item.File.ModelName)} | {item.File.Bytes?.ToString(CultureInfo.InvariantCulture)} | {ItemJson.Status(item.Status)} | {(item.IsVerified ? "yes" : "no")} | {Plain(what ?? "")} |");
        }
    }

    // CommonMark 0.31, section 2.4: a backslash before any ASCII punctuation makes it a letter like others.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in VisibleText.OneLine(text, 500))
        {
            if (char.IsAscii(letter) && char.IsPunctuation(letter) && letter is not ('.' or ',' or ' ' or '-' or '/' or ':' or '(' or ')' or '\'') || letter is '|' or '<' or '>' or '`' or '$' or '~' or '^' or '+' or '=') plain.Append('\\');
            plain.Append(letter);
        }

        return plain.ToString();
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
