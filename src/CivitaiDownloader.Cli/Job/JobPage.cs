using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job;

/// <summary>Everything about one job, for people.</summary>
internal sealed class JobPage(Screen screen, IJobStore store, TimeProvider time)
{
    private const int Status = 20, Bytes = 9, Gap = 2, LeastName = 16, MostName = 60, MostErrors = 12;

    public async Task WriteAsync(JobRecord job, ItemFilter filter, CancellationToken cancellationToken)
    {
        Head(job);
        var errors = await store.ErrorsAsync(job.Id, cancellationToken);
        if (errors.Count > 0) Errors(errors);
        screen.Output.WriteLine();
        var shown = 0;
        await foreach (var item in store.AllItemsAsync(job.Id, filter with { Most = filter.Most == int.MaxValue ? int.MaxValue : filter.Most + 1 }, cancellationToken))
        {
            if (shown == filter.Most)
            {
                screen.Say("There are more: --all shows every one, --status, --error and --name choose.");
                return;
            }

            if (shown++ == 0) screen.Output.WriteLine(screen.Ink.Strong(Line("FILE", "SIZE", "STATUS", "")));
            screen.Output.WriteLine(Line(VisibleText.OneLine(item.File.FileName, 200), item.File.Bytes is { } bytes ? ByteSize.Format(bytes) : "-", StatusOf(item), About(item)));
        }

        if (shown == 0) screen.Say("No item fits.");
    }

    private void Head(JobRecord job)
    {
        screen.Output.WriteLine(screen.Ink.Strong($"Job {job.Id} '{DisplayText.Harmless(job.Name)}' is {JobText.Status(job)}"));
        var counts = job.Counts;
        screen.Print($"  {Quantity.Of(counts.Total, "file")}, {ByteSize.Format(counts.BytesTotal)}: {JobText.Counts(counts)} ({ByteSize.Format(counts.BytesDone)})", hang: 2);
        var settings = job.Settings;
        string?[] how =
        [
            settings.Strategy == StrategyKind.Parallel ? $"{settings.Parallel} files at a time" : JobWords.Of(settings.Strategy), $"{JobWords.Of(job.Priority)} priority",
            settings.BytesPerSecond is { } rate ? $"at most {ByteSize.Format(rate)}/s" : null, settings.Hours is { } hours ? $"{hours} only" : null,
            settings.Library is { } library ? $"into '{VisibleText.OneLine(library, 200)}'" : null, settings.MaxFailures is { } most ? $"fails after {Quantity.Of(most, "failure")}" : null,
        ];
        screen.Print($"  {string.Join(", ", how.OfType<string>())}", hang: 2);
        if (job.Source.Length > 0) screen.Print($"  made of {VisibleText.OneLine(job.Source, 500)}", hang: 2);
        screen.Print($"  made {Moment(job.CreatedAt)}{(job.StartedAt is { } started ? $", begun {Moment(started)}" : "")}{(job.EndedAt is { } ended ? $", over {Moment(ended)}" : "")}", hang: 2);
        if (JobText.Next(job) is { } next) screen.Print($"  next: {next}", hang: 2);
    }

    private void Errors(IReadOnlyList<ErrorGroup> errors)
    {
        screen.Output.WriteLine();
        screen.Output.WriteLine(screen.Ink.Strong("What went wrong"));
        foreach (var group in errors.Take(MostErrors))
        {
            screen.Print($"  {Quantity.Number(group.Count)} × {VisibleText.OneLine(group.Code, 40)}{(group.Count > 1 ? ", the first" : "")}: {VisibleText.OneLine(group.Message, 300)}", hang: 4);
            if (group.Hint is { } hint) screen.Print($"      {VisibleText.OneLine(hint, 300)}");
        }

        if (errors.Count > MostErrors) screen.Print($"  … and {Quantity.Of(errors.Count - MostErrors, "other cause")}; --json lists every one");
    }

    private static string StatusOf(ItemRecord item) => item.Status switch
    {
        ItemStatus.Processing when item.Stage is { } stage => JobWords.Of(stage),
        ItemStatus.Completed => item.IsVerified ? "verified" : "done, unverifiable",
        ItemStatus.Skipped => "there before",
        ItemStatus.WaitingForSignIn => "waits for sign-in",
        _ => JobWords.Of(item.Status),
    };

    private string About(ItemRecord item) => item switch
    {
        { Status: ItemStatus.Pending, NotBefore: { } then } when then > time.GetUtcNow() => $"again {Moment(then)}: {item.Error?.Message}",
        { Error: { } error } when !item.Status.IsDone => error.Message,
        _ => DisplayText.Harmless(item.File.ModelName),
    };

    private string Line(string file, string bytes, string status, string about)
    {
        var gap = new string(' ', Gap);
        var name = Math.Clamp((screen.Width - Bytes - Status - (3 * Gap)) / 2, LeastName, MostName);
        var rest = screen.Width - name - Bytes - Status - (3 * Gap);
        var line = $"{DisplayText.Fit(file, name)}{gap}{bytes.PadLeft(Bytes)}{gap}{status.PadRight(Status)}";
        return (rest >= 10 ? $"{line}{gap}{DisplayText.Cut(VisibleText.OneLine(about, 300), rest)}" : line).TrimEnd();
    }

    private string Moment(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
        return local.ToString(local.Date == TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone).Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }
}
