using System.Text;
using System.Text.Json;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Audit;

/// <summary>The end of the chain, kept apart from it: without it nobody could tell that the last records were cut off. Only its owner can read it.</summary>
internal sealed class AuditHeadFile(string path)
{
    private const int Version = 1;
    private const int MostBytes = 4096;

    public string Path => path;

    /// <exception cref="AuditException">It is there and may not be read, or is of a newer version.</exception>
    public AuditHeadState Read()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[MostBytes];
            return Parse(content.AsMemory(0, file.ReadAtLeast(content, MostBytes, throwOnEndOfStream: false)));
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(null, AuditHeadState.Missing);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw AuditErrors.HeadNotReadable(path, refused);
        }
    }

    /// <exception cref="AuditException">The disk refuses.</exception>
    public void Write(AuditHead head)
    {
        try
        {
            var isNew = !File.Exists(path);
            WholeFile.WritePrivate(path, Encoding.UTF8.GetBytes($"{{\"version\":{Version},\"count\":{CanonicalJson.Of(head.Count)},\"hash\":{CanonicalJson.Of(head.Hash)}}}\n"));
            if (isNew) FolderFlush.Run(System.IO.Path.GetDirectoryName(path)!); // an older head is no harm, none at all would look like damage
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw AuditErrors.HeadNotWritable(path, refused);
        }
    }

    /// <summary>Runs <paramref name="change"/> while no other process changes the file.</summary>
    public void Change(Action change)
    {
        using var turn = Take();
        change();
    }

    private WriterTurn Take()
    {
        try
        {
            return WriterTurn.Take(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw AuditErrors.HeadNotWritable(path, refused);
        }
    }

    private AuditHeadState Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var version = document.RootElement.GetProperty("version").GetInt64();
            if (version > Version) throw AuditErrors.HeadNewer(path, version, Version);
            var head = new AuditHead(document.RootElement.GetProperty("count").GetInt64(), document.RootElement.GetProperty("hash").GetString() ?? "");
            if (head.Count is >= 0 and <= CanonicalJson.LargestNumber && ContentHash.TryParse(HashKind.Sha256, head.Hash, out _)) return new(head, null);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // As below.
        }

        return new(null, AuditHeadState.Unreadable);
    }
}
