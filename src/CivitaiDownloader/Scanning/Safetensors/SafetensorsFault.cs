using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Safetensors;

/// <summary>The first thing in a file that the reference reader refuses.</summary>
internal sealed class SafetensorsFault(Rule rule, string message, long offset) : Exception(message)
{
    public Rule Rule => rule;

    public long Offset => offset;
}
