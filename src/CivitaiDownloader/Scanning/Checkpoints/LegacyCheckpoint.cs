using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Pickles;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Checkpoints;

/// <summary>
/// The layout of torch.save before PyTorch 1.6: five pickles (a magic number, a version, facts about the machine, the object, the keys of its storages)
/// and then each storage, its number of elements before it (torch/serialization.py, _legacy_save). The magic number must stand there as a constant: loaders unpickle whatever makes it.
/// </summary>
internal static class LegacyCheckpoint
{
    private static readonly byte[] Magic = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    // From protocol 4 on, a frame of its own goes before it.
    public static bool IsOne(ScanSource source) => source.Peek(0, 2 + 9 + Magic.Length) is [0x80, <= 5, .. var rest] && (rest is [(byte)PickleOpcode.Frame, ..] and { Length: > 9 } ? rest.AsSpan(9) : rest).StartsWith(Magic);

    public static ContentKind Read(ScanItem item, ScanState state)
    {
        var storages = new StorageTable();
        long at = 0;
        for (var pickle = 0; pickle < 5; pickle++)
        {
            var run = PickleRun.From(item.Source, at, pickle == 3 ? storages : null, state);
            run.Report(item, state);
            if (!run.IsWhole) return ContentKind.TorchLegacy;
            if (pickle == 4) break;
            at = run.End;
        }

        var keys = StorageKeys.Read(item.Source, at, out var data);
        state.Guard(item, () => at = PassStorages(item, state, storages, keys, data));
        Leftover.Check(item, state, at, item.Source.Length - at, "behind the last storage");
        return ContentKind.TorchLegacy;
    }

    private static long PassStorages(ScanItem item, ScanState state, StorageTable storages, List<string?> keys, long at)
    {
        using var reader = new SourceReader(item.Source, at);
        if (keys.Count != storages.Storages.Count) state.Report(CheckpointRules.Storage, item, $"{keys.Count} storages follow where the pickle refers to {storages.Storages.Count}", at);
        foreach (var key in keys)
        {
            if (key is null || !storages.Storages.TryGetValue(key, out var storage) || storage.Bytes is not { } bytes)
            {
                state.Report(CheckpointRules.Storage, item, $"a storage '{key}' follows that no tensor refers to", reader.Position);
                return reader.Position;
            }

            var elements = BinaryPrimitives.ReadInt64LittleEndian(reader.Window(8));
            if (elements != storage.Elements)
            {
                state.Report(CheckpointRules.Storage, item, $"storage {key} has {elements} elements where the pickle says {storage.Elements}", reader.Position - 8);
                return reader.Position;
            }

            if (bytes > reader.Remaining)
            {
                state.Report(CheckpointRules.Storage, item, $"storage {key} needs {bytes} bytes where {reader.Remaining} are left", reader.Position);
                return item.Source.Length;
            }

            reader.Skip(bytes);
        }

        return reader.Position;
    }
}
