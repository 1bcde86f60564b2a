using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Asks what a planned file is by now. Its name, and with it its place, stay as they were planned.</summary>
internal sealed class PlannedFiles(CivitaiCatalog catalog)
{
    /// <returns>The file as it is now, and a note where its author has replaced it since.</returns>
    /// <exception cref="CatalogException">The version or the file is gone, or the API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public async Task<(ResolvedTarget Found, string? Note)> AskAsync(PlannedFile planned, CancellationToken cancellationToken)
    {
        var version = await catalog.GetVersionAsync(planned.Version, CacheUse.Normal, cancellationToken);
        if (planned.DownloadUrl is null && version.Files.All(file => file.Id != planned.File)) // the answer may be a kept one
            version = await catalog.GetVersionAsync(planned.Version, CacheUse.Refresh, cancellationToken);
        var file = version.Files.FirstOrDefault(file => file.Id == planned.File);
        if (file is null && planned.DownloadUrl is null) throw CatalogErrors.NoSuchFile($"Version {planned.Version}", $"the id {planned.File} any more", FileChoice.List(version.Files));
        file = Merge(planned, file);
        var model = new Model { Id = planned.Model ?? version.ModelId ?? default, Name = planned.ModelName, Type = planned.Type, Creator = planned.Creator };
        return (new(planned.Model is null ? null : model, version with { Name = planned.VersionName, BaseModel = planned.BaseModel, Model = new(planned.ModelName, planned.Type, null) }, file), NoteOf(planned, file));
    }

    // Hashes and size as they are now; the rest as it was shown.
    private static ModelFile Merge(PlannedFile planned, ModelFile? now) => new()
    {
        Id = planned.File,
        Name = planned.FileName,
        Type = now?.Type ?? "Model",
        Format = planned.Format,
        Precision = planned.Precision,
        SizeKB = now?.SizeKB ?? planned.Bytes / 1024.0,
        Hashes = now is { Hashes.Count: > 0 } ? now.Hashes : planned.Hashes,
        IsLinked = planned.DownloadUrl is not null,
        DownloadUrl = planned.DownloadUrl,
    };

    private static string? NoteOf(PlannedFile planned, ModelFile now) =>
        planned.Hashes.Count == 0 || planned.Hashes.Any(hash => now.Hashes.Contains(hash)) || !now.Hashes.Any(hash => hash.ProvesContent) ? null : "its author has replaced this file since it was planned";
}
