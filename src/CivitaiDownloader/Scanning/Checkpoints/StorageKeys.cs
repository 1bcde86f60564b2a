using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Pickles;

namespace CivitaiDownloader.Scanning.Checkpoints;

/// <summary>The fifth pickle of the older layout: a list of the storages' keys, in the order in which they follow. Only a list of plain texts is one.</summary>
internal static class StorageKeys
{
    private const int Most = 200_000;

    /// <param name="end">Behind the list; the caller has run it before and knows that it is whole.</param>
    /// <returns>A null among them stands for what is no text.</returns>
    public static List<string?> Read(ScanSource source, long start, out long end)
    {
        var keys = new List<string?>();
        using var reader = new SourceReader(source, start);
        while (true)
        {
            var at = reader.Position;
            var opcode = (PickleOpcode)reader.ReadByte();
            switch (opcode)
            {
                case PickleOpcode.Stop:
                    end = reader.Position;
                    return keys;
                case PickleOpcode.Proto or PickleOpcode.BinPut: reader.Skip(1); break;
                case PickleOpcode.LongBinPut: reader.Skip(4); break;
                case PickleOpcode.Frame: reader.Skip(8); break;
                case PickleOpcode.EmptyList or PickleOpcode.Mark or PickleOpcode.Append or PickleOpcode.Appends or PickleOpcode.Memoize: break;
                case PickleOpcode.BinUnicode: Add(reader.ReadUInt32()); break;
                case PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinString: Add(reader.ReadByte()); break;
                default: throw new UnreadableException($"the list of storages holds {opcode}", at);
            }

            void Add(long length)
            {
                if (keys.Count == Most) throw new UnreadableException($"more than {Most} storages", at);
                reader.Skip(length);
                keys.Add(PickleText.Read(source, at));
            }
        }
    }
}
