using System.Globalization;
using System.Net.Sockets;

namespace CivitaiDownloader.Http;

/// <summary>
/// Bounds what the system receives for us before we read it: a process that is killed loses those bytes, and at most 16 MiB per connection may be
/// fetched again (design, promise 1). Systems that stay below that by themselves are left to tune it.
/// </summary>
internal static class ReceiveWindow
{
    private const int MostBytes = 6 << 20; // 60 MB/s on one connection at 100 ms

    private static readonly int BytesToAsk = Choose();

    public static void Bound(Socket socket)
    {
        if (BytesToAsk > 0) socket.ReceiveBufferSize = BytesToAsk;
    }

    private static int Choose()
    {
        if (OperatingSystem.IsWindows()) return MostBytes; // tunes itself up to 16 MiB
        if (!OperatingSystem.IsLinux()) return 0; // macOS: at most 4 MiB
        // Linux doubles what is asked for (socket(7)), and gives no more than rmem_max: where that is small, asking would only slow us down.
        var itsOwn = Last("/proc/sys/net/ipv4/tcp_rmem");
        return itsOwn > 2 * MostBytes && Last("/proc/sys/net/core/rmem_max") >= MostBytes / 2 ? MostBytes / 2 : 0;
    }

    private static long Last(string path)
    {
        try
        {
            return long.TryParse(File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
