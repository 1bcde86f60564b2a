using System.Globalization;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Following;

/// <summary>Finds the job people mean.</summary>
public sealed class JobFinder(IJobStore store)
{
    /// <summary>The word for the job that was made last.</summary>
    public const string Last = "last";

    /// <param name="named">A number, <see cref="Last"/>, or, where no job has that number, a name that only one job has (of several, the only one that is not over).</param>
    /// <exception cref="JobException">There is none, or several.</exception>
    public async Task<JobRecord> FindAsync(string named, CancellationToken cancellationToken)
    {
        named = named.Trim();
        if (long.TryParse(named.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            if (await store.FindAsync(new(id), cancellationToken) is { } numbered) return numbered; // a job may be called after a model's number
        }

        var jobs = await store.ListAsync(cancellationToken);
        if (named.Equals(Last, StringComparison.OrdinalIgnoreCase)) return jobs.Count > 0 ? jobs[^1] : throw JobErrors.NoSuchJob(named);
        var found = jobs.Where(job => job.Name.Equals(named, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found.Length > 1 && found.Where(job => !JobLifecycle.IsOver(job.Status)).ToArray() is [var only]) return only;
        return found.Length switch { 1 => found[0], 0 => throw JobErrors.NoSuchJob(named), _ => throw JobErrors.AmbiguousName(named, found.Select(job => job.Id)) };
    }
}
