namespace CivitaiDownloader.Jobs.Sources;

/// <summary>Where the files of a job come from. Read once.</summary>
public interface IJobSource
{
    /// <summary>In their order, as they come.</summary>
    /// <exception cref="Primitives.CivitaiDownloaderException">The site refuses or does not answer. What was yielded before is good.</exception>
    IAsyncEnumerable<SourceEntry> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sentences about what was read and is not whole; known when it was read to its end.</summary>
    IEnumerable<string> Gaps { get; }
}
