using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Cli.Errors;

/// <summary>An error as people and programs see it. The texts are harmless: one line each.</summary>
internal sealed record ErrorReport(string Code, string Message, string? Hint, int ExitCode)
{
    /// <summary>For our own mistakes: where it happened.</summary>
    public string? Details { get; init; }

    public static ErrorReport Of(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        CivitaiDownloaderException known => new(known.Code, Clean(known.Message), known.Hint is null ? null : Clean(known.Hint), ExitCodes.Of(known)),
        FormatException mistake => new("usage", Clean(mistake.Message), "Nothing was done.", ExitCodes.Usage),
        OptionsValidationException settings => new("settings", Clean(string.Join(" ", settings.Failures)), "Correct it in config.json, the variable or the option it came from. Nothing was done.", ExitCodes.Usage),
        PromptEndedException => new("interrupted", "Interrupted", "Nothing was changed.", ExitCodes.Interrupted),
        OperationCanceledException when cancellationToken.IsCancellationRequested => new("interrupted", "Interrupted", "Run the same command again: it goes on where it stopped. Nothing that arrived is lost.", ExitCodes.Interrupted),
        _ => new("internal", $"{failure.GetType().Name}: {Clean(failure.Message)}", "This is a mistake in civitai-dl: report it with the lines below. Nothing in the library was changed by it.", ExitCodes.Failed) { Details = failure.ToString() },
    };

    private static string Clean(string text) => VisibleText.OneLine(text, 2000);
}
