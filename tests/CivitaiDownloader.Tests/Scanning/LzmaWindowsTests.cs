using CivitaiDownloader.Scanning.Archives;
using SharpCompress.Compressors.LZMA;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

public sealed class LzmaWindowsTests
{
    private const int ChunkBytes = 64 * 1024, Chunks = 640; // 40 MiB: the last window is of 64
    private const byte DictionaryOf64MiB = 28;

    [Fact]
    public void OutgrownWindowsAreGivenBack()
    {
        var chunk = new byte[ChunkBytes + 3];
        (chunk[0], chunk[1], chunk[2]) = (1, 0xff, 0xff); // not packed, and the dictionary begins anew
        using var stream = new MemoryStream();
        for (var count = 0; count < Chunks; count++)
        {
            stream.Write(chunk);
            chunk[0] = 2;
        }

        stream.WriteByte(0);
        stream.Position = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var windows = new LzmaWindows(LzmaStream.Create([DictionaryOf64MiB], stream));
        var buffer = new byte[ChunkBytes];
        var came = 0L;
        for (int read; (read = windows.Read(buffer, 0, buffer.Length)) > 0;) came += read;
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(ChunkBytes * Chunks, came);
        Assert.InRange(held, 0, 100 << 20);
    }
}
