using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Says what a request would do: which file, where it goes, what it needs, whether it is there already. Fetches no byte of it.</summary>
public sealed class ItemPlanner(LibraryStore library, LibraryView view, HttpOptions http, TimeProvider time)
{
    private readonly string _site = CatalogSite.Of(http.Endpoint);

    /// <param name="found">What <see cref="TargetResolver"/> found for the request's target.</param>
    /// <exception cref="CivitaiDownloaderException">No file fits, or the library cannot be read.</exception>
    public ItemPlan Plan(GetRequest request, ResolvedTarget found)
    {
        var file = found.File ?? FileChoice.Choose(found.Version, found.What, request.Preferences);
        var placement = library.Plan(Facts(found, file), request.Output);
        var key = StagingKey(file.Hashes, file.Id);
        var origin = new FileOrigin(found.Model?.Id.Value ?? found.Version.ModelId?.Value, found.Version.Id.Value, file.Id.Value) { Site = _site };
        LibraryFile[] copies = [.. view.FindAll(file).Where(LibraryStore.IsUnchanged)];
        // In the library it is there wherever the template of that day put it; with --output only where it was asked for. Other copies spare the fetching.
        var present = copies.FirstOrDefault(copy => request.Output is null ? copy.Root == placement.Root : copy.Path == placement.Path)
            ?? (file.Sha256 is { } expected ? library.Adopt(placement, expected, origin) : null);
        return new()
        {
            Request = request,
            Model = found.Model,
            Version = found.Version,
            File = file,
            Placement = placement,
            StagingKey = key,
            Origin = origin,
            AlsoIn = found.AlsoIn,
            Present = present,
            Elsewhere = present is null && file.Sha256 is not null && copies is [var elsewhere, ..] ? elsewhere : null,
            Needed = present is null ? StillToWrite(placement, key, file) : 0,
            Free = LibraryStore.FreeBytes(placement) + FileTransfer.ReservedBytes(LibraryStore.StagedPath(placement, key)),
            EarlyAccess = found.Version.EarlyAccess is { } closed && closed.MayBeClosedAt(time.GetUtcNow()) ? closed : null,
        };
    }

    /// <summary>Where a planned file would go, and what its partial file is called.</summary>
    public (PlacementPlan Placement, string Key) Staging(PlannedFile file) => (library.Plan(file.PlacementFacts, output: null), StagingKey(file.Hashes, file.File));

    private static PlacementFacts Facts(ResolvedTarget found, ModelFile file) => new()
    {
        Type = found.Model?.Type ?? found.Version.Model?.Type ?? "Other",
        BaseModel = found.Version.BaseModel,
        Creator = found.Model?.Creator,
        ModelName = found.Model?.Name ?? found.Version.Model?.Name ?? "unknown model",
        VersionName = found.Version.Name,
        FileName = file.Name,
        ModelId = found.Model?.Id.Value ?? found.Version.ModelId?.Value ?? 0,
        VersionId = found.Version.Id.Value,
        FileId = file.Id.Value,
    };

    // By content where it is known; else by the number, which means something on one site only.
    private string StagingKey(IReadOnlyList<ContentHash> hashes, FileId file) => hashes.FirstOrDefault(hash => hash.ProvesContent) is { ProvesContent: true, Hex.Length: > 0 } hash
        ? $"{hash.Kind.ToString().ToLowerInvariant()}-{hash.Hex}"
        : $"file-{SiteKey()}-{file}";

    private string SiteKey() => new([.. _site.Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-')]);

    private static long? StillToWrite(PlacementPlan placement, string key, ModelFile file)
    {
        if (file.EstimatedBytes is not { } bytes) return null;
        return Math.Max(0, bytes - FileTransfer.KeptBytes(LibraryStore.StagedPath(placement, key)));
    }
}
