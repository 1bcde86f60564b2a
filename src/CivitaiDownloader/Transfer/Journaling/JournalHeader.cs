using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Journaling;

/// <summary>What the partial file is a part of. A journal whose header does not fit what the source serves now is void.</summary>
/// <param name="TotalBytes">The file's size as the source gave it.</param>
/// <param name="ETag">The entity tag as received, quotes and weakness mark included; null when none came.</param>
/// <param name="Expected">The hash the content must have, as <c>kind:hex</c>; null when nothing proves it.</param>
/// <param name="Store">The host that showed tag and date; null in journals of earlier versions.</param>
internal sealed record JournalHeader(long TotalBytes, string? ETag, DateTimeOffset? LastModified, string? Expected, string? Store = null);

/// <summary>One run of bytes that is safely on disk, and a digest of it to recognise damage there.</summary>
/// <param name="Digest">XXH128 of the bytes: guards against disks, not against people.</param>
internal readonly record struct JournalRecord(ByteRange Range, UInt128 Digest);

/// <summary>Who works on the partial file, for the message a second process shows.</summary>
internal sealed record JournalOwner(int ProcessId, string Machine, DateTimeOffset Since)
{
    public override string ToString() => $"process {ProcessId} on '{VisibleText.OneLine(Machine, 60)}' (since {Since:yyyy-MM-dd HH:mm:ss} UTC)";
}

/// <summary>All that a journal on disk says.</summary>
/// <param name="Length">Bytes of the journal that are whole; what follows is torn and is cut off before anything is appended.</param>
internal sealed record JournalContent(JournalHeader Header, JournalOwner? Owner, IReadOnlyList<JournalRecord> Records, long Length);
