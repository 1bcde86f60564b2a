using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>Links of groups, old and new, and data that is kept in other files.</summary>
internal sealed class HdfLinks(HdfFile file, ScanItem item, ScanState state, Action<long> found)
{
    private const int Hard = 0, Soft = 1, External = 64, MaxNodes = 200_000;

    private readonly HashSet<long> _nodes = [];

    /// <summary>A link's message (section IV.A.2.g).</summary>
    public void Read(HdfCursor body)
    {
        if (body.Byte() != 1) throw new UnreadableException("a link of a version that is not known", body.Place);
        var flags = body.Byte();
        var kind = (flags & 8) != 0 ? body.Byte() : Hard;
        if ((flags & 4) != 0) body.Skip(8);
        if ((flags & 16) != 0) body.Skip(1);
        var nameBytes = body.Number(1 << (flags & 3));
        body.Skip(nameBytes <= int.MaxValue ? (int)nameBytes : -1);
        if (kind == Hard)
        {
            if (body.Address() is { } address) found(address);
            return;
        }

        var length = body.UInt16();
        if (kind == Soft) return;
        if (kind != External)
        {
            state.Report(KerasRules.ExternalFile, item, $"a link of a kind that only an added library follows ({kind})", body.Place);
            return;
        }

        if (length > 0) body.Skip(1);
        Outside(body.Text(length), body.Place, "a link");
    }

    /// <summary>An old group: a tree of nodes that hold names and addresses, and a heap with the names (sections III.A to III.D).</summary>
    public void ReadTable(HdfCursor body)
    {
        var tree = body.Address();
        body.Address(); // names, which are not needed
        if (tree is { } root) ReadTree(root);
    }

    /// <summary>A list of files in which the data is kept; their names are in a heap.</summary>
    public void ReadExternalFiles(HdfCursor body)
    {
        body.Skip(4);
        body.Skip(2);
        var used = body.UInt16();
        var names = body.Address() is { } heap ? HeapData(heap) : null;
        for (var index = 0; index < used; index++)
        {
            var at = body.Place;
            var name = body.Size();
            body.Number(file.SizeBytes);
            body.Number(file.SizeBytes); // all bits set for the rest of the file
            Outside(names is { } data && name < file.Reader.Length - data ? file.Read(data + name, Math.Min(4096, file.Reader.Length - data - name)).Text(4096) : "", at, "data");
        }
    }

    /// <summary>A data set that is put together from others; the list of them is in a global heap, this file's own name is a full stop.</summary>
    public void ReadVirtual(long address, int index)
    {
        var place = file.Place(address) + 8 + file.SizeBytes;
        var headBytes = 8 + file.SizeBytes;
        while (place + headBytes <= file.Reader.Length)
        {
            var entry = file.Read(place, headBytes);
            var number = entry.UInt16();
            entry.Skip(6);
            var length = entry.Size();
            if (number == 0 || length > file.Reader.Length - entry.Place) break;
            if (number == index)
            {
                if (length > HdfVirtualSources.LongestList) throw new BudgetExceededException(CoreRules.Limit, $"a list of {length} bytes of sources of a virtual data set");
                foreach (var (source, at) in HdfVirtualSources.Of(file.Read(entry.Place, length), file.SizeBytes)) Outside(source, at, "a virtual data set");
                return;
            }

            place = entry.Place + ((length + 7) / 8 * 8);
        }

        throw new UnreadableException("a virtual data set without its list", place);
    }

    private void ReadTree(long root)
    {
        var waiting = new Stack<long>([root]);
        while (waiting.TryPop(out var address))
        {
            if (!_nodes.Add(address)) continue;
            if (_nodes.Count > MaxNodes) throw new BudgetExceededException(CoreRules.Limit, $"more than {MaxNodes} nodes of groups");
            file.Reader.Position = file.Place(address);
            if (file.Reader.Window(4).SequenceEqual("SNOD"u8))
            {
                ReadEntries(address);
                continue;
            }

            var head = file.ReadSigned(address, "TREE"u8, 8);
            if (head.Byte() != 0) throw new UnreadableException("a tree of another kind than groups have", file.Start + address);
            head.Skip(1);
            var used = head.UInt16();
            var entries = file.Read(file.Start + address + 8, (2 * file.AddressBytes) + (used * (long)(file.SizeBytes + file.AddressBytes)));
            entries.Skip(2 * file.AddressBytes);
            for (var index = 0; index < used; index++)
            {
                entries.Size(); // the name it begins with
                if (entries.Address() is { } child) waiting.Push(child);
            }
        }
    }

    private void ReadEntries(long address)
    {
        var head = file.ReadSigned(address, "SNOD"u8, 8);
        head.Skip(2);
        var used = head.UInt16();
        var entries = file.Read(file.Start + address + 8, used * (long)(file.SizeBytes + file.AddressBytes + 24));
        for (var index = 0; index < used; index++)
        {
            entries.Size();
            var child = entries.Address();
            var isSoft = entries.UInt32() == 2;
            entries.Skip(20);
            if (child is { } known && !isSoft) found(known);
        }
    }

    private long? HeapData(long address)
    {
        var head = file.ReadSigned(address, "HEAP"u8, 8 + (2 * file.SizeBytes) + file.AddressBytes);
        head.Skip(4);
        head.Size();
        head.Number(file.SizeBytes); // where free space begins; all bits set for none
        return head.Address() is { } data ? file.Place(data) : null;
    }

    private void Outside(string name, long at, string what)
    {
        if (name == "." || (name.Length == 0 && what != "data")) return;
        if (PlainLocation.Is(name)) state.Report(KerasRules.ExternalFile, item, $"{what} from '{name}'", at);
        else state.Report(KerasRules.ExternalPath, item, $"{what} from '{name}'", at);
    }
}
