using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>A file that may become part of a job.</summary>
/// <param name="Model">Null where only the version could be had.</param>
/// <param name="Target">What named it, as it was typed; null for a search.</param>
internal sealed record Candidate(Model? Model, ModelVersion Version, ModelFile File, string? Target)
{
    public string ModelName => Model?.Name ?? Version.Model?.Name ?? "unknown model";

    /// <summary>How a plan calls it: harmless, one line.</summary>
    public string Name => $"{VisibleText.OneLine(ModelName, 80)} {VisibleText.OneLine(Version.Name, 40)}";

    public PlannedFile ToPlanned() => new()
    {
        Target = Target,
        Model = Model?.Id ?? Version.ModelId,
        Version = Version.Id,
        File = File.Id,
        ModelName = ModelName,
        VersionName = Version.Name,
        FileName = File.Name,
        Type = Model?.Type ?? Version.Model?.Type ?? "Other",
        BaseModel = Version.BaseModel,
        Creator = Model?.Creator,
        Format = File.Format,
        Precision = File.Precision,
        Bytes = File.EstimatedBytes,
        Hashes = [.. File.Hashes.Where(hash => hash.ProvesContent).OrderBy(hash => hash.Kind)],
        DownloadUrl = File.IsLinked ? File.DownloadUrl : null,
    };
}
