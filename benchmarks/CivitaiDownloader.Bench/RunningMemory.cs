using System.Diagnostics;
using System.Globalization;

namespace CivitaiDownloader.Bench;

/// <summary>The resident memory of a program while it runs, from Linux's <c>/proc</c>.</summary>
internal static class RunningMemory
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs it for so long and interrupts it then, as Ctrl-C does.</summary>
    /// <returns>MiB, one after the other.</returns>
    public static async Task<IReadOnlyList<double>> WatchAsync(string program, IEnumerable<string> arguments, TimeSpan time)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var seen = new List<double>();
        for (var since = Stopwatch.StartNew(); since.Elapsed < time && !process.HasExited;)
        {
            if (Resident(process.Id) is { } mebibytes) seen.Add(mebibytes);
            await Task.Delay(BetweenLooks);
        }

        if (!process.HasExited) ChildProcess.Run("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        return seen;
    }

    private static double? Resident(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.AsSpan("VmRSS:".Length, line.Length - "VmRSS:".Length - " kB".Length), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }
}
