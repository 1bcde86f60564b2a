using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>
/// The files of a version, each from the answer that says more of it: the model's answer has size and quantisation, the version's has files that were
/// superseded and those linked from other versions (civitai-api 6.5).
/// </summary>
internal static class VersionFiles
{
    public static IReadOnlyList<ModelFile> Of(Model? model, ModelVersion version)
    {
        var described = model?.Versions.FirstOrDefault(other => other.Id == version.Id)?.Files ?? [];
        var known = described.Select(file => file.Id).ToHashSet();
        return [.. described.Select(file => WithHashesOf(file, version)), .. version.Files.Where(file => !known.Contains(file.Id))];
    }

    // One of the two may have been asked while the site was still hashing.
    private static ModelFile WithHashesOf(ModelFile file, ModelVersion version) =>
        file.Hashes.Count == 0 && version.Files.FirstOrDefault(other => other.Id == file.Id) is { Hashes.Count: > 0 } hashed ? file with { Hashes = hashed.Hashes } : file;
}
