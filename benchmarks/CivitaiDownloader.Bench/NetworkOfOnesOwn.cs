using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace CivitaiDownloader.Bench;

/// <summary>A network namespace that nobody else is in: of one thread and the processes it starts, gone with them. Linux, and only where it is permitted.</summary>
internal static partial class NetworkOfOnesOwn
{
    private const int NewNetwork = 0x40000000; // CLONE_NEWNET of sched.h

    /// <exception cref="InvalidOperationException">No such network may be made here.</exception>
    public static T Inside<T>(Func<T> work)
    {
        var result = default(T);
        ExceptionDispatchInfo? failed = null;
        // A thread for this alone: a network once entered is not left again.
        var thread = new Thread(() =>
        {
            try
            {
                if (Unshare(NewNetwork) != 0) throw new InvalidOperationException("No network namespace may be made here: " + Marshal.GetLastPInvokeErrorMessage());
                result = work();
            }
            catch (Exception thrown)
            {
                failed = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        failed?.Throw();
        return result!;
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);
}
