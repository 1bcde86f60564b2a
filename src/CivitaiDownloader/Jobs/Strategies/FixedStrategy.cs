namespace CivitaiDownloader.Jobs.Strategies;

/// <summary>Always the same number of files, in the order of the items.</summary>
internal sealed class FixedStrategy(int files) : IJobStrategy
{
    public JobLanes Lanes(JobLoad load) => new(files, Small: null);
}
