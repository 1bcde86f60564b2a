using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>A file for what does not fit into memory, readable by its owner only and gone when it is closed. Its name is no file's that any program would load.</summary>
internal sealed class SpoolFile : IDisposable
{
    // Kept with its handle: only a stream can be opened for its owner alone, and it closes the handle when it is collected.
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;

    /// <exception cref="NoRoomToUnpackException">The folder for temporary files takes none.</exception>
    public SpoolFile()
    {
        _stream = Open();
        _handle = _stream.SafeFileHandle;
    }

    public long Length { get; private set; }

    // A full disk says nothing about the file: it must not become a finding, which is remembered.
    /// <exception cref="NoRoomToUnpackException">There is no room.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, Length);
            Length += bytes.Length;
        }
        catch (IOException refused)
        {
            throw Unavailable(refused);
        }
    }

    public int Read(long offset, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(_handle, destination, offset);
        }
        catch (IOException refused)
        {
            throw Unavailable(refused);
        }
    }

    public void Dispose() => _stream.Dispose();

    private static FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var path = Path.Combine(Path.GetTempPath(), $"civitai-dl-scan-{Guid.NewGuid():N}");
            var stream = new FileStream(path, options);
            if (!OperatingSystem.IsWindows()) File.Delete(path); // its bytes stay for who has it open, and are gone with the process, however that ends
            return stream;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(refused);
        }
    }

    private static NoRoomToUnpackException Unavailable(Exception refused) => new(Path.GetTempPath(), refused);
}
