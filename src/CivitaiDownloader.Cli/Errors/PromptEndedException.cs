namespace CivitaiDownloader.Cli.Errors;

/// <summary>Somebody at a question typed Ctrl-C or Ctrl-D instead of an answer.</summary>
internal sealed class PromptEndedException() : OperationCanceledException("Interrupted");
