namespace CivitaiDownloader.Primitives;

/// <summary>The world failed: network, disk, Civitai. Every feature derives its own, with a fault the program can act on.</summary>
public abstract class CivitaiDownloaderException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What to do next, as a command where there is one, and whether anything was lost.</summary>
    public string? Hint { get; init; }

    /// <summary>A stable kebab-case name of the fault, as programs read it (<c>early-access</c>, <c>disk-full</c>).</summary>
    public abstract string Code { get; }

    /// <summary>Whether the same call may succeed later without anyone changing anything.</summary>
    public abstract bool IsTransient { get; }
}
