namespace CivitaiDownloader.Scanning.Content;

/// <summary>The content breaks the rules of its format so that a reader cannot go on. Ends as a finding, never as an error.</summary>
/// <param name="offset">Where, from the beginning of the content.</param>
internal sealed class UnreadableException(string message, long offset) : Exception(message)
{
    public long Offset => offset;
}
