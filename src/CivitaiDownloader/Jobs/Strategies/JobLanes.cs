using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Strategies;

/// <summary>How many files of a job may run: large ones, whose bytes fill the line, and small ones, which are all round trips.</summary>
/// <param name="Large">Files of <see cref="TransferRequest.SmallBytes"/> and more, and those that name no size.</param>
/// <param name="Small">Smaller ones. Null: both kinds share <paramref name="Large"/>, in the order of the items.</param>
public readonly record struct JobLanes(int Large, int? Small);

/// <summary>Decides how many files of one job run at a time. Asked about four times a second, by one caller.</summary>
public interface IJobStrategy
{
    JobLanes Lanes(JobLoad load);
}

/// <summary>What a job does at the moment.</summary>
/// <param name="Fetched">Bytes that came over the network so far, of all its files.</param>
/// <param name="Ended">Items that ended so far.</param>
/// <param name="Large">Large files that run.</param>
/// <param name="Small">Small files that run.</param>
/// <param name="Retries">Requests that had to be repeated so far.</param>
/// <param name="Now">The clock of the measurements.</param>
public readonly record struct JobLoad(long Fetched, long Ended, int Large, int Small, long Retries, TimeSpan Now);
