using System.IO.Hashing;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer.Digests;

/// <summary>Whether the disk still holds what the journal says was written.</summary>
internal static class DiskCheck
{
    /// <param name="buffer">To read through.</param>
    public static bool Holds(PartialFile file, JournalRecord record, byte[] buffer)
    {
        try
        {
            return DigestOf(file, record, buffer) == record.Digest;
        }
        catch (TransferException unreadable) when (unreadable.Fault == TransferFault.NotWritable)
        {
            return false; // a sector that cannot be read any more: written anew it may be
        }
    }

    private static UInt128? DigestOf(PartialFile file, JournalRecord record, byte[] buffer)
    {
        var digest = new XxHash128();
        for (var at = record.Range.Start; at < record.Range.End;)
        {
            var read = file.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, record.Range.End - at)), at);
            if (read == 0) return null;
            digest.Append(buffer.AsSpan(0, read));
            at += read;
        }

        return digest.GetCurrentHashAsUInt128();
    }
}
