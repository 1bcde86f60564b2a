namespace CivitaiDownloader.Transfer.Digests;

/// <summary>
/// Buffers that no transfer has any more, for the next one: many small files would else be many large arrays, each of which the garbage collector has to look
/// for among all objects. Bounded; what does not fit is left to the collector. Safe from any thread, without a lock.
/// </summary>
internal sealed class BufferStock
{
    private const int Sizes = 4;
    public const int LeastBytes = 64 * 1024;
    public const int MostBytes = Sizes * LeastBytes;
    private const int BytesOfEachSize = 2 * 1024 * 1024;

    private readonly FilledBuffer?[][] _free = [.. Enumerable.Range(1, Sizes).Select(size => new FilledBuffer?[BytesOfEachSize / (size * LeastBytes)])];

    /// <param name="bytes">A multiple of <see cref="LeastBytes"/>.</param>
    /// <returns>Null when there is none of that size.</returns>
    public FilledBuffer? Take(int bytes) => Slots.Take(_free[(bytes / LeastBytes) - 1]);

    public void Put(FilledBuffer buffer) => Slots.Put(_free[(buffer.Memory.Length / LeastBytes) - 1], buffer);
}

/// <summary>Places for buffers that are taken and filled by exchange.</summary>
internal static class Slots
{
    public static FilledBuffer? Take(FilledBuffer?[] places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (Volatile.Read(ref places[i]) is not null && Interlocked.Exchange(ref places[i], null) is { } buffer) return buffer;
        }

        return null;
    }

    /// <summary>What finds no place is dropped.</summary>
    public static void Put(FilledBuffer?[] places, FilledBuffer buffer)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (Volatile.Read(ref places[i]) is null && Interlocked.CompareExchange(ref places[i], buffer, null) is null) return;
        }
    }
}
