namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>Every model the Sandbox publishes, found by any of its numbers and hashes.</summary>
public sealed class SampleCatalogue
{
    private readonly Dictionary<int, SampleModel> _models;
    private readonly Dictionary<int, (SampleModel Model, SampleVersion Version)> _versions;
    private readonly Dictionary<int, (SampleModel Model, SampleVersion Version, SampleFile File)> _files;
    private readonly HashSet<string> _tags;
    private readonly Lazy<ILookup<string, (SampleModel Model, SampleVersion Version, SampleFile File)>> _byHash;

    internal SampleCatalogue(IEnumerable<SampleModel> models)
    {
        _models = models.ToDictionary(model => model.Id);
        All = [.. _models.Values.Where(model => !model.IsRealPerson)];
        Versions = [.. All.SelectMany(model => model.Versions.Select(version => (Model: model, Version: version)))];
        _versions = _models.Values.SelectMany(model => model.Versions.Select(version => (Model: model, Version: version))).ToDictionary(pair => pair.Version.Id);
        _files = _versions.Values.SelectMany(pair => pair.Version.Files.Select(file => (pair.Model, pair.Version, File: file))).ToDictionary(triple => triple.File.Id);
        _tags = [.. All.SelectMany(model => model.Tags)];
        Tags = [.. _tags.Order(StringComparer.Ordinal)];
        Sorted = new(All);
        // Hashing every file takes a moment, so it waits until somebody asks by hash.
        _byHash = new(() => _files.Values
            .SelectMany(triple => triple.File.ShownHashes.Select(hash => hash.Value).Distinct().Select(hash => (Hash: hash, Triple: triple)))
            .OrderBy(entry => entry.Triple.Version.PublishedAt).ThenBy(entry => entry.Triple.Version.Id)
            .ToLookup(entry => entry.Hash, entry => entry.Triple, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Every model that a list may show.</summary>
    public IReadOnlyCollection<SampleModel> All { get; }

    /// <summary>The versions of these.</summary>
    public IReadOnlyCollection<(SampleModel Model, SampleVersion Version)> Versions { get; }

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<string> Tags { get; }

    internal SortedModels Sorted { get; }

    public SampleModel? Model(int id) => _models.GetValueOrDefault(id);

    public (SampleModel Model, SampleVersion Version)? Version(int id) => _versions.TryGetValue(id, out var found) ? found : null;

    public (SampleModel Model, SampleVersion Version, SampleFile File)? File(int id) => _files.TryGetValue(id, out var found) ? found : null;

    /// <summary>By any hash that is shown, whatever its case; the earliest published of several.</summary>
    public (SampleModel Model, SampleVersion Version)? ByHash(string hash) => _byHash.Value[hash].Select(triple => ((SampleModel, SampleVersion)?)(triple.Model, triple.Version)).FirstOrDefault();

    internal IEnumerable<(SampleModel Model, SampleVersion Version, SampleFile File)> AllBySha256(string hash) =>
        _byHash.Value[hash].Where(triple => triple.File.HasSha256 && triple.File.Declared.Hashes.Sha256 == hash);

    internal bool HasTag(string tag) => _tags.Contains(tag);
}
