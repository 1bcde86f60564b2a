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
        StrategyKind.Adaptive => new AdaptiveStrategy(
            firstLarge: transfer.Connections / transfer.ConnectionsPerFile, mostLarge: http.MaxConnectionsPerHost, mostSmall: Math.Max(http.MaxStreamsPerHost, http.MaxConnectionsPerHost)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
