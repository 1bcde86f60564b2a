using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job;

/// <summary>Jobs as they are named on the command line.</summary>
internal static class JobArgument
{
    private const string Forms = "its number, its name, or `last`.";

    public static Argument<string> One() => new("JOB") { Description = $"The job: {Forms}" };

    public static Argument<string[]> Many(string what) => new("JOB") { Description = $"{what}: each by {Forms}", Arity = ArgumentArity.OneOrMore };

    public static Task<JobRecord> FindAsync(Invocation invocation, string named, CancellationToken cancellationToken) => invocation.Services.Get<JobFinder>().FindAsync(named, cancellationToken);

    /// <summary>Each once, in the order they were named.</summary>
    public static async Task<IReadOnlyList<JobRecord>> FindAsync(Invocation invocation, IEnumerable<string> named, CancellationToken cancellationToken)
    {
        var found = new List<JobRecord>();
        foreach (var name in named)
        {
            var job = await FindAsync(invocation, name, cancellationToken);
            if (found.All(other => other.Id != job.Id)) found.Add(job);
        }

        return found;
    }
}
