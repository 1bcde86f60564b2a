using System.ComponentModel;
using System.Diagnostics;

namespace CivitaiDownloader.Cli.Info;

/// <summary>Opens a page in the user's browser, by each system's own opener.</summary>
internal sealed class Browser(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3); // an opener hands on and ends; some stay with their browser

    /// <param name="page">https, or a page of the endpoint the user set.</param>
    /// <returns>Null when it was opened, else why not.</returns>
    public async Task<string?> OpenAsync(Uri page, CancellationToken cancellationToken)
    {
        try
        {
            using var opener = Process.Start(Opener(page));
            if (opener is null) return null; // handed to a browser that runs already
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await opener.WaitForExitAsync(either.Token);
            return opener.ExitCode == 0 ? null : "the system found no browser";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Win32Exception)
        {
            return OperatingSystem.IsLinux() ? "there is no xdg-open" : "the system did not start one";
        }
    }

    private static ProcessStartInfo Opener(Uri page)
    {
        if (OperatingSystem.IsWindows()) return new(page.AbsoluteUri) { UseShellExecute = true };
        // Its chatter must not mix with our output.
        var start = new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [page.AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Remove(Settings.AccountKey.Variable); // no business of a browser's
        return start;
    }
}
