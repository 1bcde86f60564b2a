using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Scanning.Results;

/// <summary>What a verdict depends on besides the rules: the bytes, and the end of the name, which promises what they are.</summary>
public readonly record struct ResultKey
{
    /// <param name="sha256">Of the bytes that are judged, computed from them: one that is only remembered may be of others, and would give them its verdict.</param>
    /// <param name="name">The file's name, or its path.</param>
    public ResultKey(ContentHash sha256, string name)
    {
        if (sha256.Kind != HashKind.Sha256) throw new ArgumentException("Results are kept by SHA-256.", nameof(sha256));
        (Sha256, Extension) = (sha256, EndOf(Path.GetFileName(name)).ToLowerInvariant());
    }

    public ContentHash Sha256 { get; }

    /// <summary>Everything from the name's first dot on, in lower case; empty for none. One extension is not enough: what is in <c>model.pt.gz</c> is called <c>model.pt</c>.</summary>
    public string Extension { get; }

    private static string EndOf(string name) => name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? name[dot..] : "";
}
