using System.IO.Hashing;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>Whether a journal keeps its first promise: it never claims a byte that the disk does not have.</summary>
internal static class JournalClaims
{
    /// <returns>The claim that does not hold; null when all do.</returns>
    public static string? FirstFalse(string folder)
    {
        foreach (var partial in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "sha256-*.part") : [])
        {
            if (!File.Exists(partial + ".journal")) continue;
            var records = JournalBytes.Read(File.ReadAllBytes(partial + ".journal"));
            using var disk = File.OpenHandle(partial);
            for (var i = 0; i < records.Count; i++)
            {
                var record = records[i];
                if (records.Skip(i + 1).Any(later => later.Start < record.End && later.End > record.Start)) continue; // fetched again since: the later one speaks
                if (DigestOf(disk, record) != record.Digest) return $"record {i} of {records.Count} claims {record.Start} to {record.End}, and the disk has other bytes there";
            }
        }

        return null;
    }

    private static UInt128? DigestOf(Microsoft.Win32.SafeHandles.SafeFileHandle disk, ClaimedBytes record)
    {
        var bytes = new byte[record.End - record.Start];
        var read = 0;
        for (int more; read < bytes.Length && (more = RandomAccess.Read(disk, bytes.AsSpan(read), record.Start + read)) > 0;) read += more;
        return read < bytes.Length ? null : XxHash128.HashToUInt128(bytes);
    }
}
