using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;

namespace CivitaiDownloader.Jobs.Scanning;

/// <summary>A file and what a scan says of it, or why nobody could look.</summary>
public sealed record ScannedFile(FoundFile File)
{
    /// <summary>Computed now; of a large file as it is remembered, which proves nothing. Null where it is not known (<see cref="ScanRequest.HashesAll"/>), or the file could not be read.</summary>
    public ContentHash? Sha256 { get; init; }

    /// <summary>Whether <see cref="Sha256"/> was computed from the bytes that were judged.</summary>
    internal bool IsHashed { get; init; }

    /// <summary>Null when nobody could look.</summary>
    public ScanReport? Report { get; init; }

    /// <summary>What the rules said now, without what an antivirus added: that is never remembered. Null when the rules were not asked.</summary>
    internal ScanReport? Judged { get; init; }

    /// <summary>Set when there is no report.</summary>
    public LibraryException? Refusal { get; init; }

    /// <summary>Whether these bytes were known from before and were not scanned now.</summary>
    public bool IsRecalled { get; init; }

    public Verdict Verdict => Report?.Verdict ?? Verdict.Unknown;
}
