using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Journaling;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Transfer.Writing;

/// <summary>
/// The file the bytes are gathered in, held by exactly one process: the lock lives on its handle and dies with the process
/// (flock on Unix, the sharing mode on Windows).
/// </summary>
internal sealed class PartialFile : IDisposable
{
    // Windows lets a file that is open be renamed only when it was opened for that; elsewhere this would ask for a shared lock.
    private static readonly FileShare Exclusive = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private readonly string _name;

    private PartialFile(string path, string name, SafeFileHandle handle) => (Path, _name, Handle) = (path, name, handle);

    public string Path { get; }

    public SafeFileHandle Handle { get; }

    public long Length => RandomAccess.GetLength(Handle);

    /// <summary>Opens or creates the file and takes its lock.</summary>
    /// <exception cref="TransferException">Another process holds it (<see cref="TransferFault.Busy"/>), or it cannot be written.</exception>
    public static PartialFile Open(string path, string name)
    {
        while (true)
        {
            var handle = OpenLocked(path, name);
            // The owner before us may have renamed the file away between our open and our lock: then we hold a finished file, not a partial one.
            if (FileIdentity.Of(handle) == FileIdentity.Of(path)) return new(path, name, handle);
            handle.Dispose();
        }
    }

    /// <exception cref="TransferException">The disk is full or refuses.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(Handle, bytes, offset);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.Describe(refused, _name, Path);
        }
    }

    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(Handle, bytes, offset);

    /// <summary>Returns when everything written is on the disk itself.</summary>
    /// <exception cref="TransferException">The disk is full or refuses.</exception>
    public void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(Handle);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.Describe(refused, _name, Path);
        }
    }

    public void SetLength(long bytes) => RandomAccess.SetLength(Handle, bytes);

    /// <summary>Lets go of the file, and removes it when nothing was gathered in it.</summary>
    public void DisposeUnlessUsed(string journalPath)
    {
        if (!Handle.IsClosed && Length == 0 && !File.Exists(journalPath)) File.Delete(Path);
        Dispose();
    }

    public void Dispose() => Handle.Dispose();

    private static SafeFileHandle OpenLocked(string path, string name)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Exclusive, FileOptions.Asynchronous);
        }
        catch (IOException held) when (IsHeld(held))
        {
            throw TransferErrors.Busy(name, Journal.Read(Journal.PathFor(path))?.Owner?.ToString());
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw DiskFault.Describe(refused, name, path);
        }
    }

    private static bool IsHeld(IOException exception) =>
        exception.HResult == unchecked((int)0x80070020) // ERROR_SHARING_VIOLATION
        || (!OperatingSystem.IsWindows() && exception.HResult is 11 or 35); // EWOULDBLOCK on Linux, on macOS
}
