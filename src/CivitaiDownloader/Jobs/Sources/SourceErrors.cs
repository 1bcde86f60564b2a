using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Sources;

public enum SourceFault
{
    /// <summary>It names nothing.</summary>
    Empty,

    /// <summary>It is something else than a list of targets, or breaks off.</summary>
    NotAList,

    /// <summary>There is no such file.</summary>
    Missing,

    Unreadable,

    /// <summary>The site does not say what is in it.</summary>
    NotListed,
}

/// <summary>A source that nothing can be taken from.</summary>
public sealed class SourceException(SourceFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public SourceFault Fault { get; } = fault;

    public override string Code => "source-" + FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => false;
}

internal static class SourceErrors
{
    public static SourceException Empty(string name) => new(SourceFault.Empty, $"{name} is empty: it names nothing to download")
    { Hint = "Give one target a line, or what `civitai-dl search --json` prints. No job was made." };

    public static SourceException NotAList(string name, string why) => new(SourceFault.NotAList, $"{name} is no list of targets: {why}")
    { Hint = "A list is text with one target a line, a table with a column id, version or url, or JSON as search, info, get and job report print it. No job was made." };

    public static SourceException Unreadable(string path, Exception cause) => new(
        cause is FileNotFoundException or DirectoryNotFoundException ? SourceFault.Missing : SourceFault.Unreadable,
        $"The list '{VisibleText.OneLine(path)}' cannot be read: {(cause is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : DiskReason.Of(cause))}", cause)
    { Hint = "Check the path and its permissions. No job was made." };

    public static SourceException CollectionNotListed(string collection, Exception cause) => new(SourceFault.NotListed, $"Civitai's API does not say what is in {collection}", cause)
    { Hint = "Copy the addresses of its models from its page into a file, one a line, and give that with --from. No job was made." };
}
