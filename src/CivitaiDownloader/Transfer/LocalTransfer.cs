using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer;

/// <summary>Brings a file from this machine to the same end as one from the network: locked, hashed, on disk, not yet placed.</summary>
public static class LocalTransfer
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Copies <paramref name="content"/>, which knows its length, to the partial file, hashing on the way. What was in the partial file is dropped.</summary>
    /// <exception cref="TransferException">Another process holds the partial file, or the disk is full or refuses. Nothing of the copy is left.</exception>
    /// <exception cref="IOException">The content cannot be read.</exception>
    public static async Task<StagedFile> CopyAsync(Stream content, string partialPath, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var file = PartialFile.Open(partialPath, name);
        try
        {
            // Says who is at work, and holds no record: whoever finds it after a kill begins anew.
            Journal.Create(Journal.PathFor(partialPath), new(content.Length, null, null, null), new(Environment.ProcessId, Environment.MachineName, time.GetUtcNow())).Dispose();
            file.SetLength(0);
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferBytes];
            long length = 0;
            for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; length += read)
            {
                file.Write(buffer.AsSpan(0, read), length);
                digest.AppendData(buffer, 0, read);
            }

            file.Flush();
            return new(file, new(length, [ContentHash.Sha256(digest.GetHashAndReset())], File.GetLastWriteTimeUtc(file.Handle)), provedBy: null);
        }
        catch
        {
            file.Drop();
            Journal.Delete(Journal.PathFor(partialPath));
            throw;
        }
    }
}
