using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>A job that is to be planned.</summary>
public sealed record PlanRequest
{
    public required NewJob Job { get; init; }

    /// <summary>Read one after the other.</summary>
    public required IReadOnlyList<IJobSource> Sources { get; init; }
    public PlanRules Rules { get; init; } = new();
    public CacheUse Cache { get; init; } = CacheUse.Normal;

    /// <summary>Whether what a source gave before it broke off is planned; else that is an error.</summary>
    public SourceBreak OnBreak { get; init; }

    /// <summary>Lines of lists that are no target, each with the name of its list.</summary>
    public IReadOnlyList<(string List, ListMistake Mistake)> Mistakes { get; init; } = [];

    /// <summary>Whether there is a key to sign in with.</summary>
    public bool HasKey { get; init; }
}

/// <summary>What is done when the site stops answering in the middle of a source.</summary>
public enum SourceBreak
{
    Fail,
    KeepWhatCame,
}

/// <summary>How far a plan is; read from any thread.</summary>
public sealed class PlanMeter
{
    private int _models, _files;

    public int Models => Volatile.Read(ref _models);

    public int Files => Volatile.Read(ref _files);

    internal void Model() => Interlocked.Increment(ref _models);

    internal void Filed(int count) => Interlocked.Add(ref _files, count);
}
