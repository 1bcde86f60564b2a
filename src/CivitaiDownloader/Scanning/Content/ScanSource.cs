namespace CivitaiDownloader.Scanning.Content;

/// <summary>The bytes of a file or of a part of one, read at any place: a file on disk, memory, a window of another source, or a host that answers ranges.</summary>
public abstract class ScanSource : IDisposable
{
    public abstract long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on.</summary>
    /// <returns>Bytes read: fewer than asked for only where the source ends.</returns>
    /// <exception cref="SourceUnavailableException">The bytes cannot be had, whatever they are: nothing can be said about the file.</exception>
    public abstract int Read(long offset, Span<byte> destination);

    /// <summary>The bytes from <paramref name="start"/> on, as far as they are there. Shares this source: disposing of it does nothing.</summary>
    public ScanSource Slice(long start, long length)
    {
        start = Math.Clamp(start, 0, Length);
        return new SourceWindow(this, start, Math.Clamp(length, 0, Length - start));
    }

    /// <summary>Up to <paramref name="count"/> bytes from <paramref name="offset"/> on, fewer where the source ends.</summary>
    public byte[] Peek(long offset, int count)
    {
        if (offset < 0 || offset >= Length) return [];
        var bytes = new byte[(int)Math.Min(count, Length - offset)];
        var read = Read(offset, bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A file's bytes cannot be had: the disk or the network failed, or it changed. Nothing can be said about it.</summary>
public class SourceUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The folder for temporary files takes no more of what has to be unpacked. Nothing can be said about the file until there is room.</summary>
public sealed class NoRoomToUnpackException(string folder, Exception inner) : SourceUnavailableException($"there is no room to unpack it in '{folder}': {inner.Message}", inner)
{
    public string Folder { get; } = folder;
}
