using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>Asks somebody at a terminal; only a yes is one.</summary>
internal static class Confirmation
{
    /// <summary>Whether there is somebody to ask who sees the question.</summary>
    public static bool IsPossible => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <exception cref="PromptEndedException">Ctrl-D.</exception>
    /// <exception cref="OperationCanceledException">The program was told to stop.</exception>
    public static async Task<bool> AskAsync(string question, Screen screen, CancellationToken cancellationToken)
    {
        screen.Error.Write($"{question} [y/N] ");
        screen.Error.Flush();
        // A terminal's read cannot be cancelled: leave it behind.
        var answer = await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return answer is null ? throw new PromptEndedException() : answer.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
