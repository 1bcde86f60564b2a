using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>What the messages of one object mean for whoever opens it.</summary>
internal sealed class HdfMessages(HdfFile file, ScanItem item, ScanState state, HdfLinks links, HdfFractalHeap heaps, HdfTexts texts)
{
    // Those of the library itself, and those that h5py and the usual plug-ins bring (registered filters, HDF Group); the rest would be loaded from anywhere.
    private static readonly HashSet<int> KnownFilters = [1, 2, 3, 4, 5, 6, 307, 32000, 32001, 32004, 32008, 32013, 32015, 32026];

    public void Read(List<HdfMessage> messages)
    {
        var type = default(HdfMessage);
        foreach (var message in messages)
        {
            if (message.Type == HdfMessage.DataType) type = message;
        }

        foreach (var message in messages) state.Guard(item, () => Read(message, type));
    }

    private void Read(HdfMessage message, HdfMessage type)
    {
        if (message.Type > HdfMessage.Last)
        {
            Leftover.Check(item, state, message.Place, message.Length, "in a message of a kind that the format does not have", LeftoverTolerance.Zeros);
            return;
        }

        if (message.Type is not (HdfMessage.LinkInfo or HdfMessage.Link or HdfMessage.ExternalFiles or HdfMessage.Layout or HdfMessage.Filters or HdfMessage.Attribute or HdfMessage.SymbolTable or HdfMessage.AttributeInfo)) return;
        if (message.IsShared) throw new UnreadableException("a message that is kept elsewhere", message.Place); // only types are, in ordinary files
        var body = file.Read(message.Place, message.Length);
        switch (message.Type)
        {
            case HdfMessage.LinkInfo: DenseStorage(body, indexBytes: 8); break;
            case HdfMessage.AttributeInfo: DenseStorage(body, indexBytes: 2); break;
            case HdfMessage.Link: links.Read(body); break;
            case HdfMessage.SymbolTable: links.ReadTable(body); break;
            case HdfMessage.ExternalFiles: links.ReadExternalFiles(body); break;
            case HdfMessage.Attribute: texts.ReadAttribute(body); break;
            case HdfMessage.Filters: Filters(body); break;
            case HdfMessage.Layout: Layout(body, type); break;
        }
    }

    // Many links or attributes are kept in a heap instead of in messages.
    private void DenseStorage(HdfCursor body, int indexBytes)
    {
        if (body.Byte() != 0) throw new UnreadableException("a store of links or attributes of a version that is not known", body.Place);
        if ((body.Byte() & 1) != 0) body.Skip(indexBytes);
        if (body.Address() is { } heap) heaps.Read(heap);
    }

    private void Filters(HdfCursor body)
    {
        var version = body.Byte();
        var count = body.Byte();
        if (version == 1) body.Skip(6);
        else if (version != 2) throw new UnreadableException($"a list of filters of version {version}", body.Place);
        for (var index = 0; index < count; index++)
        {
            var filter = body.UInt16();
            if (!KnownFilters.Contains(filter)) state.Report(KerasRules.UnknownFilter, item, $"the filter {filter}", body.Place);
            var nameBytes = version == 1 || filter >= 256 ? body.UInt16() : 0;
            body.Skip(2);
            var values = body.UInt16();
            body.Skip((version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes) + (values * 4) + (version == 1 && values % 2 == 1 ? 4 : 0));
        }
    }

    private void Layout(HdfCursor body, HdfMessage type)
    {
        var version = body.Byte();
        if (version is 1 or 2) OldLayout(body, type);
        else if (version is not (3 or 4 or 5)) throw new UnreadableException($"a layout of version {version}", body.Place);
        else
        {
            switch (body.Byte())
            {
                case 0:
                    var length = body.UInt16();
                    texts.ReadData(type, body.Place, Math.Min(length, body.Left));
                    break;
                case 1:
                    Contiguous(body.Address(), body.Size(), type, body.Place);
                    break;
                case 3:
                    if (body.Address() is { } heap) links.ReadVirtual(heap, (int)body.UInt32());
                    break;
            }
        }
    }

    private void OldLayout(HdfCursor body, HdfMessage type)
    {
        var dimensions = body.Byte();
        var kind = body.Byte();
        body.Skip(5);
        var address = kind == 0 ? null : body.Address();
        if (kind == 2) return;
        var length = 1L;
        for (var index = 0; index < dimensions; index++) length = checked(length * body.UInt32());
        if (kind == 0) texts.ReadData(type, body.Place + 4, Math.Max(0, body.Left - 4));
        else if (address is { } place && file.Place(place) >= file.Reader.Length) throw new UnreadableException("data beyond the end", body.Place);
    }

    private void Contiguous(long? address, long length, HdfMessage type, long at)
    {
        if (address is not { } known) return;
        if (length > 0 && (known > file.Reader.Length - file.Start || length > file.Reader.Length - file.Start - known)) throw new UnreadableException($"data of {length} bytes at {known}, beyond the end", at);
        texts.ReadData(type, file.Start + known, length);
    }
}
