using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Completion;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Info;

/// <summary>All that is known of a target when it is shown.</summary>
/// <param name="Shown">The version the target is about: the one it names, else the first. Null when the model shows none.</param>
/// <param name="Access">Of that version.</param>
internal sealed record InfoFacts(Model Model, FoundTarget Found, ModelVersion? Shown, DownloadAccess? Access, Uri Page)
{
    /// <exception cref="CivitaiDownloaderException">There is no such thing, or the API fails.</exception>
    public static async Task<InfoFacts> LoadAsync(CliServices services, Target target, CacheUse use, CancellationToken cancellationToken)
    {
        var found = await services.Targets.FindAsync(target, use, cancellationToken);
        var model = found.RequireModel();
        new RecentModels(services.Home).Note([RecentModel.Of(model)]);
        var shown = found.Version;
        var access = shown is null ? null : await AccessAsync(services, model, shown, use, cancellationToken);
        return new(model, found, shown, access, new(services.Http.Endpoint, shown is not null && found.NamesVersion ? $"models/{model.Id}?modelVersionId={shown.Id}" : $"models/{model.Id}"));
    }

    /// <summary>A version with the files of both answers about it, where there are two.</summary>
    public IReadOnlyList<ModelFile> FilesOf(ModelVersion version) => version.Id == Shown?.Id ? Found.Files : version.Files;

    /// <summary>Versions of which a file is in the library, with the first such copy.</summary>
    public IEnumerable<(ModelVersion Version, ModelFile File, LibraryFile Copy)> Kept(CliServices services) =>
        from version in Model.Versions from file in FilesOf(version) let copy = services.Library.Find(file) where copy is not null select (version, file, copy);

    // Whether a key is needed only /mini tells, whether downloads are on at all only the version's own answer (civitai-api 5, 5.4). Neither is needed to show the rest.
    private static async Task<DownloadAccess> AccessAsync(CliServices services, Model model, ModelVersion version, CacheUse use, CancellationToken cancellationToken)
    {
        if (model.IsArchived) return DownloadAccess.Of(model, version, null, null, services.Time.GetUtcNow());
        var access = TryAsync(services.Catalog.GetAccessAsync(version.Id, use, cancellationToken));
        var usage = version.UsageControl is not null ? version : await TryAsync(services.Catalog.GetVersionAsync(version.Id, use, cancellationToken));
        return DownloadAccess.Of(model, version, await access, usage?.UsageControl, services.Time.GetUtcNow());
    }

    private static async Task<T?> TryAsync<T>(Task<T> asked) where T : class
    {
        try
        {
            return await asked;
        }
        catch (CivitaiDownloaderException)
        {
            return null;
        }
    }
}
