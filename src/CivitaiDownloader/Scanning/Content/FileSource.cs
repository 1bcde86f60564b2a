using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>A file on disk, through one handle from the first byte read to the last.</summary>
public sealed class FileSource : ScanSource
{
    private readonly SafeFileHandle _handle;
    private readonly bool _isOurs;

    /// <param name="handle">Stays open when this source is disposed of: whoever verified these bytes goes on with the same handle.</param>
    public FileSource(SafeFileHandle handle) : this(handle, isOurs: false)
    {
    }

    private FileSource(SafeFileHandle handle, bool isOurs)
    {
        (_handle, _isOurs) = (handle, isOurs);
        Length = RandomAccess.GetLength(handle);
    }

    public override long Length { get; }

    /// <exception cref="SourceUnavailableException">It cannot be opened.</exception>
    public static FileSource Open(string path)
    {
        try
        {
            return new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), isOurs: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SourceUnavailableException(refused.Message, refused);
        }
    }

    public override int Read(long offset, Span<byte> destination)
    {
        try
        {
            var read = 0;
            while (read < destination.Length && offset + read < Length)
            {
                var part = (int)Math.Min(destination.Length - read, Length - offset - read);
                var count = RandomAccess.Read(_handle, destination.Slice(read, part), offset + read);
                if (count == 0) throw new SourceUnavailableException("the file became shorter while it was read");
                read += count;
            }

            return read;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SourceUnavailableException(failed.Message, failed);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _isOurs) _handle.Dispose();
        base.Dispose(disposing);
    }
}
