using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Rendering.Pictures;

/// <summary>
/// Asks the terminal what it can (DA1, <c>ESC [ c</c>); 4 among its answers is sixel. Only one that somebody sits at, in the foreground, with nothing typed
/// ahead, which would be lost.
/// </summary>
internal static partial class TerminalQuestion
{
    private const int MostLetters = 64;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    /// <param name="patience">An answer that comes later lands in the shell.</param>
    /// <exception cref="PromptEndedException">Ctrl-C was pressed meanwhile.</exception>
    public static async Task<bool> HasSixelAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) || Console.IsInputRedirected || Console.IsOutputRedirected || !IsInForeground()) return false;
        Console.TreatControlCAsInput = true; // ends the echo as well
        try
        {
            if (Console.KeyAvailable) return false;
            Console.Out.Write("\u001b[c");
            await Console.Out.FlushAsync(cancellationToken);
            return SaysSixel(await ReadAnswerAsync(patience, time, cancellationToken));
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    internal static bool SaysSixel(string answer) => Answer().Match(answer) is { Success: true } match && match.Groups[1].Value.Split(';').Skip(1).Contains("4");

    private static async Task<string> ReadAnswerAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < patience && answer.Length < MostLetters)
        {
            if (!Console.KeyAvailable)
            {
                await Task.Delay(Between, time, cancellationToken);
                continue;
            }

            var key = Console.ReadKey(intercept: true);
            if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }) throw new PromptEndedException();
            answer.Append(key.KeyChar);
            if (Answer().IsMatch(answer.ToString())) break;
        }

        return answer.ToString();
    }

    // A job in the background is stopped when it touches the terminal.
    [UnsupportedOSPlatform("windows")]
    private static bool IsInForeground() => ForegroundGroup(0) == OwnGroup();

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    private static partial int ForegroundGroup(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int OwnGroup();

    [GeneratedRegex(@"\[\?([0-9;]*)c")]
    private static partial Regex Answer();
}
