using System.Runtime.InteropServices;
using CivitaiDownloader.Primitives;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>
/// Makes holes of the zeros of a <see cref="CivitaiDownloader.Sandbox.Content.SparseContent"/> while a transfer writes them: whoever reads there reads zeros before and after. Linux; elsewhere the disk must take it all.
/// </summary>
internal sealed partial class Holes : IAsyncDisposable
{
    private const string SharedMemory = "/dev/shm";
    private const long Every = 1L << 30;
    private const long Half = 1L << 19;
    private const int ReadWrite = 2;
    private const int CloseOnExec = 0x80000;
    private const int KeepSize = 1;
    private const int PunchHole = 2;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _punching;

    private Holes(string path, long length) => _punching = OperatingSystem.IsLinux() ? PunchAsync(path, length) : Task.CompletedTask;

    /// <summary>Where a file of holes is best kept: in memory if it has room for all of it, which is set aside beforehand, since nothing waits for a disk there. Null for the usual place.</summary>
    public static string? BestFolder(long bytes) => OperatingSystem.IsLinux() && Directory.Exists(SharedMemory) && new DriveInfo(SharedMemory).AvailableFreeSpace > bytes ? SharedMemory : null;

    public static Holes Keep(string path, long length) => new(path, length);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _punching;
        _stop.Dispose();
    }

    private static IEnumerable<ByteRange> Zeros(long length)
    {
        for (long start = 0; start < length; start += Every) yield return new(start + Half, Math.Min(start + Every, length) - Half);
    }

    private async Task PunchAsync(string path, long length)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        try
        {
            while (await ticks.WaitForNextTickAsync(_stop.Token))
            {
                using var file = new SafeFileHandle(Open(path, ReadWrite | CloseOnExec), ownsHandle: true); // as .NET opens it, it would ask for the lock that the transfer holds
                if (file.IsInvalid) continue;
                foreach (var zeros in Zeros(length)) _ = Allocate(file, KeepSize | PunchHole, zeros.Start, zeros.Length);
            }
        }
        catch (OperationCanceledException)
        {
            // The transfer is over.
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fallocate")]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);
}
