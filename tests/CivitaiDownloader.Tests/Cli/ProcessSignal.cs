using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

internal static partial class ProcessSignal
{
    private const int Interrupt = 2;

    /// <summary>Sends Ctrl-C once something has come about, and waits for the end.</summary>
    /// <returns>What was said on standard error.</returns>
    public static async Task<string> InterruptWhenAsync(Process process, Func<bool> isTrue)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!isTrue() && !process.HasExited) await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, Kill(process.Id, Interrupt));
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return error;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
