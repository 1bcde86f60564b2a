using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Writing;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Transfer;

/// <summary>
/// A file that arrived whole and is on disk, still under its partial name and locked by this process. Whoever places it renames it and then calls
/// <see cref="Placed"/>; disposed without that, it stays and the next run takes it up without fetching anything.
/// </summary>
public sealed class StagedFile : IDisposable
{
    private readonly PartialFile _file;

    internal StagedFile(PartialFile file, Settled content, ContentHash? provedBy)
    {
        _file = file;
        Bytes = content.Bytes;
        ChangedAt = content.ChangedAt;
        Hashes = content.Hashes;
        ProvedBy = provedBy;
    }

    public string Path => _file.Path;

    /// <summary>The open, locked file: what is scanned and placed is what this handle reads.</summary>
    public SafeFileHandle Handle => _file.Handle;

    public long Bytes { get; }

    /// <summary>The file's time of last change when its content was settled, UTC: whoever places it can see whether another program wrote into it since.</summary>
    public DateTime ChangedAt { get; }

    /// <summary>The digests of the whole content: SHA-256 first, then those that were asked for.</summary>
    public IReadOnlyList<ContentHash> Hashes { get; }

    public ContentHash Sha256 => Hashes[0];

    /// <summary>The catalogue's hash that the content was found to have; null when there was nothing to check against.</summary>
    public ContentHash? ProvedBy { get; }

    public bool IsVerified => ProvedBy is not null;

    /// <summary>The file has its final name: what helped to fetch it is removed. Where the disk refuses that, the next download of the library tidies up.</summary>
    public void Placed()
    {
        try
        {
            File.Delete(Journal.PathFor(Path));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A journal without its file is void.
        }
    }

    /// <summary>The file is not wanted: it and its journal are deleted.</summary>
    public void Discard()
    {
        File.Delete(Journal.PathFor(Path));
        File.Delete(Path);
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>What arrived: its length, its digests (SHA-256 first), and when the file was last written to.</summary>
internal readonly record struct Settled(long Bytes, IReadOnlyList<ContentHash> Hashes, DateTime ChangedAt);
