using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Strategies;

/// <summary>Makes the strategy a job was given.</summary>
public sealed class JobStrategies(TransferOptions transfer, HttpOptions http)
{
    public IJobStrategy For(JobSettings settings) => settings.Strategy switch
    {
        StrategyKind.Sequential => new FixedStrategy(1),
        StrategyKind.Parallel => new FixedStrategy(settings.Parallel ?? transfer.FilesAtOnce),
        StrategyKind.Adaptive => new AdaptiveStrategy(mostLarge: http.MaxConnectionsPerHost, mostSmall: Math.Max(32, http.MaxConnectionsPerHost * 2)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
