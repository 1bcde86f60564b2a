using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Digests;

/// <summary>The digests of a file that is there, read from its first byte to its last.</summary>
internal static class WholeFileDigests
{
    public static IReadOnlyList<ContentHash> Of(TransferJob job, long length, CancellationToken cancellationToken)
    {
        using var digests = new FileDigests(job.Digests);
        var buffer = new byte[256 * 1024];
        for (long at = 0; at < length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = job.File.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at)), at);
            if (read == 0) throw new IOException("The partial file became shorter while it was read.");
            digests.Append(buffer.AsSpan(0, read));
            at += read;
        }

        return digests.Finish();
    }
}
