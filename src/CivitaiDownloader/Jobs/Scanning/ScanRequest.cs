using CivitaiDownloader.Library.Hashing;

namespace CivitaiDownloader.Jobs.Scanning;

/// <summary>What is to be scanned, and how.</summary>
public sealed record ScanRequest(IReadOnlyList<FoundFile> Files)
{
    /// <summary>Files looked at at a time.</summary>
    public int Readers { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether large files are hashed too. Their verdict does not need it: weights are passed over, and hashing would read them.</summary>
    public bool HashesAll { get; init; }

    /// <summary>Whether what was found before counts. Else every file is scanned, and what is found takes its place.</summary>
    public bool Recalls { get; init; } = true;
}
