using System.Runtime.CompilerServices;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>Targets of the command line or of a list.</summary>
public sealed class TargetSource(IEnumerable<ListedTarget> targets) : IJobSource
{
    public IEnumerable<string> Gaps => [];

    public async IAsyncEnumerable<SourceEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var target in targets) yield return new SourceEntry.Named(target);
    }
}
