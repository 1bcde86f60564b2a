using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Library;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>What became of an item.</summary>
public abstract record ItemResult
{
    private ItemResult() { }

    /// <summary>Files beside the model that could not be written or fetched, each a sentence. The model itself is in place.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>It was fetched, or copied from elsewhere in the library, and has its name.</summary>
    public sealed record Placed(ItemPlan Plan, LibraryFile File) : ItemResult;

    /// <summary>It was there already; nothing was fetched.</summary>
    public sealed record Present(ItemPlan Plan, LibraryFile File) : ItemResult;
}
