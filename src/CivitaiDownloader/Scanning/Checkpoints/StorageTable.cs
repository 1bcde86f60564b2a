using CivitaiDownloader.Scanning.Pickles;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Checkpoints;

/// <summary>The storages that a checkpoint's pickle refers to by persistent ids.</summary>
internal sealed class StorageTable
{
    private const int Most = 200_000;

    private readonly Dictionary<string, StorageReference> _storages = [];

    public IReadOnlyDictionary<string, StorageReference> Storages => _storages;

    /// <summary>Reads one id: <c>("storage", class, key, location, number of elements)</c> and, in the older layout, a view (torch/serialization.py, persistent_id).</summary>
    /// <returns>What the loader puts in its place: the storage, or the class of a layer whose source text the older layout keeps.</returns>
    public PickleValue Refer(PickleValue id, PickleMeaning meaning, long at)
    {
        if (id.Items is [var what, { Kind: PickleValueKind.Import } layer, _, _] && meaning.TextOf(what) == "module") return layer;
        if (id.Items is not [var kind, { Import: { } type }, var key, _, { Kind: PickleValueKind.Integer, Number: >= 0 } elements, ..] || meaning.TextOf(kind) != "storage" || meaning.TextOf(key) is not { } name || !StorageTypes.IsStorage(type.Name))
        {
            meaning.Tell(CheckpointRules.Storage, at, "a persistent id that is no storage of a checkpoint", at);
            return new(PickleValueKind.Persistent);
        }

        var storage = new StorageReference(name, elements.Number, StorageTypes.WidthOfStorage(type.Name));
        if (_storages.TryGetValue(name, out var known))
        {
            if (known.Bytes != storage.Bytes) meaning.Tell(CheckpointRules.Storage, name, $"storage {name} has {known.Elements} elements of {known.Width} bytes in one place and {storage.Elements} of {storage.Width} in another", at);
        }
        else if (_storages.Count == Most)
        {
            throw new BudgetExceededException(CoreRules.Limit, $"more than {Most} storages");
        }
        else
        {
            _storages.Add(name, storage);
        }

        return new(PickleValueKind.Persistent, 0, storage);
    }
}
