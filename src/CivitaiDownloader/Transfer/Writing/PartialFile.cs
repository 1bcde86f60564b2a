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

    /// <exception cref="TransferException">The disk refuses.</exception>
    public long Length => OnDisk(() => RandomAccess.GetLength(Handle));

    /// <summary>Opens or creates the file and takes its lock.</summary>
    /// <exception cref="TransferException">Another process holds it (<see cref="TransferFault.Busy"/>), a link has its name, or it cannot be written.</exception>
    public static PartialFile Open(string path, string name)
    {
        while (true)
        {
            RefuseLink(path);
            RefuseLink(Journal.PathFor(path));
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

    /// <exception cref="TransferException">The disk refuses.</exception>
    public int Read(Span<byte> bytes, long offset)
    {
        try
        {
            return RandomAccess.Read(Handle, bytes, offset);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.Describe(refused, _name, Path);
        }
    }

    /// <summary>Returns when everything written is on the disk itself.</summary>
    /// <exception cref="TransferException">The disk is full or refuses.</exception>
    public void Flush() => OnDisk(() =>
    {
        RandomAccess.FlushToDisk(Handle);
        return 0;
    });

    /// <exception cref="TransferException">The disk is full or refuses.</exception>
    public void SetLength(long bytes) => OnDisk(() =>
    {
        RandomAccess.SetLength(Handle, bytes);
        return 0;
    });

    /// <summary>Reserves room for a file of <paramref name="bytes"/> where the file system can; where it cannot, looks whether there is room.</summary>
    /// <exception cref="TransferException">There is no room. What is in the file stays.</exception>
    public void Reserve(long bytes) => OnDisk(() => Preallocation.Reserve(Handle, Path, bytes));

    /// <summary>Lets go of the file, and removes it when nothing was gathered in it.</summary>
    public void DisposeUnlessUsed(string journalPath)
    {
        try
        {
            if (!Handle.IsClosed && RandomAccess.GetLength(Handle) == 0 && !File.Exists(journalPath)) File.Delete(Path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // An empty file that stays is no loss; why the transfer failed matters more.
        }

        Dispose();
    }

    /// <summary>Removes the file while it is still ours, and lets go of it.</summary>
    public void Drop()
    {
        try
        {
            if (!Handle.IsClosed) File.Delete(Path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It has no journal and is no loss; the next run begins it anew.
        }

        Dispose();
    }

    public void Dispose() => Handle.Dispose();

    // It would lead the bytes out of the staging folder, and is never the file that its handle is.
    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target) throw TransferErrors.LinkInPlace(path, target);
    }

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

    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.Describe(refused, _name, Path);
        }
    }

    private static bool IsHeld(IOException exception) =>
        exception.HResult == unchecked((int)0x80070020) // ERROR_SHARING_VIOLATION
        || (!OperatingSystem.IsWindows() && exception.HResult is 11 or 35); // EWOULDBLOCK on Linux, on macOS
}
