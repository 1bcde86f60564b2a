using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Naming;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Where a planned file goes.</summary>
public static class PlannedPlace
{
    extension(PlannedFile file)
    {
        /// <summary>What a template makes its path of.</summary>
        public PlacementFacts PlacementFacts => new()
        {
            Type = file.Type,
            BaseModel = file.BaseModel,
            Creator = file.Creator,
            ModelName = file.ModelName,
            VersionName = file.VersionName,
            FileName = file.FileName,
            ModelId = file.Model?.Value ?? 0,
            VersionId = file.Version.Value,
            FileId = file.File.Value,
        };
    }
}
