using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>The messages of an object, in both versions of headers and in all blocks they go on in.</summary>
internal static class HdfObjectHeader
{
    private const int MaxMessages = 100_000;

    public static List<HdfMessage> Messages(HdfFile file, long address)
    {
        var messages = new List<HdfMessage>();
        var blocks = new Queue<(long Place, long Length)>();
        var seen = new HashSet<long>();
        file.Reader.Position = file.Place(address);
        var isNew = file.Reader.Window(4).SequenceEqual("OHDR"u8);
        var flags = isNew ? BeginNew(file, address, blocks) : BeginOld(file, address, blocks);
        while (blocks.TryDequeue(out var block))
        {
            if (!seen.Add(block.Place)) throw new UnreadableException("an object's header goes on in a block it has been in", block.Place);
            if (isNew) ReadNew(file, block, flags, messages, blocks, isFirst: seen.Count == 1);
            else ReadOld(file, block, messages, blocks);
            if (messages.Count > MaxMessages) throw new UnreadableException($"an object with more than {MaxMessages} messages", block.Place);
        }

        return messages;
    }

    private static int BeginOld(HdfFile file, long address, Queue<(long, long)> blocks)
    {
        var head = file.Read(file.Place(address), 16);
        if (head.Byte() != 1) throw new UnreadableException("no object stands where one should", file.Start + address);
        head.Skip(7);
        blocks.Enqueue((file.Start + address + 16, head.UInt32()));
        return 0;
    }

    private static int BeginNew(HdfFile file, long address, Queue<(long, long)> blocks)
    {
        var place = file.Place(address);
        var head = file.Read(place, Math.Min(64, file.Reader.Length - place));
        head.Skip(4);
        if (head.Byte() != 2) throw new UnreadableException("an object's header of a version that is not known", place);
        var flags = head.Byte();
        if ((flags & 0x20) != 0) head.Skip(16); // four times
        if ((flags & 0x10) != 0) head.Skip(4); // when attributes move elsewhere
        var length = (long)head.Number(1 << (flags & 3));
        blocks.Enqueue((head.Place, length));
        return flags;
    }

    private static void ReadOld(HdfFile file, (long Place, long Length) block, List<HdfMessage> messages, Queue<(long, long)> blocks)
    {
        for (var at = block.Place; at + 8 <= block.Place + block.Length;)
        {
            var head = file.Read(at, 8);
            var message = new HdfMessage(head.UInt16(), Length: head.UInt16(), Flags: head.Byte(), Place: at + 8);
            Add(file, message, block, messages, blocks);
            at = message.Place + message.Length;
        }
    }

    // A checksum of four bytes ends each block; blocks after the first have a signature in front.
    private static void ReadNew(HdfFile file, (long Place, long Length) block, int flags, List<HdfMessage> messages, Queue<(long, long)> blocks, bool isFirst)
    {
        if (!isFirst && !file.Read(block.Place, 4).Bytes(4).SequenceEqual("OCHK"u8)) throw new UnreadableException("an object's header goes on where no block of one is", block.Place);
        var end = block.Place + block.Length - (isFirst ? 0 : 4);
        var headBytes = (flags & 4) != 0 ? 6 : 4;
        for (var at = isFirst ? block.Place : block.Place + 4; at + headBytes <= end;)
        {
            var head = file.Read(at, headBytes);
            var message = new HdfMessage(head.Byte(), Length: head.UInt16(), Flags: head.Byte(), Place: at + headBytes);
            if (message.Place + message.Length > end) break; // a gap too small for a message
            Add(file, message, block, messages, blocks);
            at = message.Place + message.Length;
        }
    }

    private static void Add(HdfFile file, HdfMessage message, (long Place, long Length) block, List<HdfMessage> messages, Queue<(long, long)> blocks)
    {
        if (message.Place + message.Length > block.Place + block.Length) throw new UnreadableException($"a message of {message.Length} bytes leads out of its block", message.Place);
        messages.Add(message);
        if (message.Type != HdfMessage.Continuation) return;
        var body = file.Read(message.Place, message.Length);
        if (body.Address() is not { } address) return;
        var place = file.Place(address);
        var length = body.Size();
        if (length > file.Reader.Length - place) throw new UnreadableException($"an object's header goes on for {length} bytes beyond the end", place);
        blocks.Enqueue((place, length));
    }
}
