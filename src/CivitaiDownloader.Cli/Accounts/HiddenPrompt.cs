using System.Text;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Accounts;

/// <summary>Asks somebody at a terminal for a secret. Nothing typed or pasted is echoed; Ctrl-C ends the program, and the terminal is as it was.</summary>
internal static class HiddenPrompt
{
    /// <exception cref="PromptEndedException">Ctrl-C or Ctrl-D.</exception>
    /// <exception cref="OperationCanceledException">The program was told to stop.</exception>
    public static async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        Console.TreatControlCAsInput = true; // a read cannot be cancelled: Ctrl-C must come as a key. It also ends the echo, before the question invites typing.
        try
        {
            Console.Error.Write(question);
            return await Task.Run(ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            Console.Error.WriteLine();
        }
    }

    private static string ReadLine()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\n' or '\r') return typed.ToString();
            var isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            if (isControl && key.Key is ConsoleKey.C or ConsoleKey.D) throw new PromptEndedException();
            if (isControl && key.Key == ConsoleKey.U) typed.Clear();
            else if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0') typed.Append(key.KeyChar);
        }
    }
}
