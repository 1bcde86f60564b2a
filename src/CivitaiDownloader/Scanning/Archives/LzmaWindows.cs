using System.Buffers;
using SharpCompress.Compressors.LZMA;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>
/// Gives back the windows that an LZMA decoder has outgrown. It takes one of twice the size whenever more came out, and leaves the old
/// one to the shared pool, which keeps it: all of them together are as large as the last.
/// </summary>
internal sealed class LzmaWindows(LzmaStream decoder) : ForwardStream
{
    // Smaller ones are not worth a collection.
    private const int FirstGivenBack = 8 << 20, LastGivenBack = 1 << 30;

    private long _came, _next = FirstGivenBack;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = decoder.Read(buffer, offset, count);
        _came += read;
        if (_came <= _next) return read;
        GiveBack((int)_next);
        _next = _next < LastGivenBack ? _next * 2 : long.MaxValue;
        return read;
    }

    // What is rented and never returned is the pool's no more.
    private static void GiveBack(int window)
    {
        ArrayPool<byte>.Shared.Rent(window);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) decoder.Dispose();
        base.Dispose(disposing);
    }
}
