using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning;

/// <summary>Reads one kind of content by the rules of its format and reports what breaks them or is dangerous. Stateless; called from many threads.</summary>
internal interface IContentReader
{
    /// <returns>What it is seen to be from within (a zip that is a checkpoint).</returns>
    /// <exception cref="UnreadableException">The content breaks the rules so that reading cannot go on; the caller makes it a finding. Any other exception ends the same way.</exception>
    ContentKind Read(ScanItem item, ScanState state);
}
