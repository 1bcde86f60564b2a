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
        // Twice as many files as have connections enough: when one ends, others have its connections at once.
        StrategyKind.Adaptive => new AdaptiveStrategy(
            firstLarge: Math.Max(1, transfer.Connections / 4), mostLarge: http.MaxConnectionsPerHost, mostSmall: Math.Max(http.MaxStreamsPerHost, http.MaxConnectionsPerHost)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
