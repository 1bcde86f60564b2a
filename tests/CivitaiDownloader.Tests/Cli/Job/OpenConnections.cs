using System.Diagnostics;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>TCP connections of a process that are established, as the kernel has them. Linux.</summary>
internal static class OpenConnections
{
    private const string Established = "01";

    public static int Of(Process process)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Connections of another process can be counted on Linux only.");
        var sockets = Directory.EnumerateFiles($"/proc/{process.Id}/fd").Select(Target).OfType<string>().Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]).ToHashSet();
        return new[] { "tcp", "tcp6" }.SelectMany(table => File.ReadLines($"/proc/{process.Id}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Count(row => row[3] == Established && sockets.Contains(row[9]));
    }

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}
