using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>Visits every object once, in no particular depth: rings of links end by themselves.</summary>
internal sealed class HdfObjects(HdfFile file, ScanItem item, ScanState state)
{
    private const int MaxObjects = 500_000;

    private readonly Queue<long> _waiting = new();
    private readonly HashSet<long> _known = [];

    public void Visit(HdfSuperblock superblock)
    {
        var texts = new HdfTexts(file, item, state);
        var links = new HdfLinks(file, item, state, Add);
        var loose = new HdfLinks(file, item, state, AddIfObject);
        var messages = new HdfMessages(file, item, state, links, new(file, loose, texts), texts);
        Add(superblock.Root);
        if (superblock.Extension is { } extension) Add(extension);
        while (!file.Budget.IsSpent && _waiting.TryDequeue(out var address))
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            state.Guard(item, () => messages.Read(HdfObjectHeader.Messages(file, address)));
        }
    }

    // Found by its look, not by an index: where no object stands the library would not find one either.
    private void AddIfObject(long address)
    {
        if (address >= 0 && address <= file.Reader.Length - file.Start && item.Source.Peek(file.Start + address, 4) is [(byte)'O', (byte)'H', (byte)'D', (byte)'R'] or [1, 0, _, _]) Add(address);
    }

    private void Add(long address)
    {
        if (_known.Count >= MaxObjects) throw new BudgetExceededException(CoreRules.Limit, $"more than {MaxObjects} objects");
        if (_known.Add(address)) _waiting.Enqueue(address);
    }
}
