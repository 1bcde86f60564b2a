namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>Every model the Sandbox publishes, found by any of its numbers.</summary>
public sealed class SampleCatalogue
{
    private readonly Dictionary<int, SampleModel> _models;
    private readonly Dictionary<int, (SampleModel Model, SampleVersion Version)> _versions;
    private readonly Dictionary<int, (SampleModel Model, SampleVersion Version, SampleFile File)> _files;

    internal SampleCatalogue(IEnumerable<SampleModel> models)
    {
        _models = models.ToDictionary(model => model.Id);
        _versions = All.SelectMany(model => model.Versions.Select(version => (Model: model, Version: version))).ToDictionary(pair => pair.Version.Id);
        _files = _versions.Values.SelectMany(pair => pair.Version.Files.Select(file => (pair.Model, pair.Version, File: file))).ToDictionary(triple => triple.File.Id);
    }

    public IReadOnlyCollection<SampleModel> All => _models.Values;

    public SampleModel? Model(int id) => _models.GetValueOrDefault(id);

    public (SampleModel Model, SampleVersion Version)? Version(int id) => _versions.TryGetValue(id, out var found) ? found : null;

    public (SampleModel Model, SampleVersion Version, SampleFile File)? File(int id) => _files.TryGetValue(id, out var found) ? found : null;

    /// <summary>By any hash that is shown, whatever its case; the earliest published of several.</summary>
    public (SampleModel Model, SampleVersion Version)? ByHash(string hash) => _versions.Values
        .Where(pair => pair.Version.Files.Any(file => file.HasHashes && file.Declared.Length <= 64 << 20 && Matches(file, hash)))
        .OrderBy(pair => pair.Version.PublishedAt).ThenBy(pair => pair.Version.Id)
        .Cast<(SampleModel, SampleVersion)?>().FirstOrDefault();

    private static bool Matches(SampleFile file, string hash)
    {
        var hashes = file.Declared.Hashes;
        return new[] { hashes.Sha256, hashes.AutoV2, hashes.Blake3, hashes.Crc32, hashes.AutoV1, hashes.AutoV3 }.Contains(hash, StringComparer.OrdinalIgnoreCase);
    }
}
