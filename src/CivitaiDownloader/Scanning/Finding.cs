using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning;

/// <summary>One thing found in a file: what, where, and by which rule. All text in it may come from the file, and is hostile wherever it is shown.</summary>
/// <param name="Message">What was found, with its names and numbers, without a full stop.</param>
public sealed record Finding(Rule Rule, string Message)
{
    /// <summary>In bytes from the beginning of the file, or of <see cref="Member"/>; null where a place has no meaning.</summary>
    public long? Offset { get; init; }

    /// <summary>The way to the part of an archive, levels divided by <c>!</c>; null for the file itself.</summary>
    public string? Member { get; init; }

    /// <summary>The opcode, field or tensor at that place, as its format calls it.</summary>
    public string? Element { get; init; }
}
