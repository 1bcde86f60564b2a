using System.Buffers.Binary;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Hashes as bytes: for each its kind, its length and its digest. Half as long as digits are.</summary>
internal static class PackedHashes
{
    private const byte FileNumber = 0xFF; // no kind of hash
    private const int KeyBytes = 15; // 120 bits of a hash nobody can forge tell contents apart

    /// <returns>Null for none.</returns>
    public static byte[]? Pack(IReadOnlyList<ContentHash> hashes)
    {
        if (hashes.Count == 0) return null;
        var packed = new byte[hashes.Sum(hash => 2 + (hash.Hex.Length / 2))];
        var rest = packed.AsSpan();
        foreach (var hash in hashes)
        {
            (rest[0], rest[1]) = ((byte)hash.Kind, (byte)(hash.Hex.Length / 2));
            Convert.FromHexString(hash.Hex, rest[2..], out _, out var written);
            rest = rest[(2 + written)..];
        }

        return packed;
    }

    public static IReadOnlyList<ContentHash> Unpack(byte[]? packed)
    {
        if (packed is null) return [];
        var hashes = new List<ContentHash>(1);
        for (var at = 0; at < packed.Length; at += 2 + packed[at + 1]) hashes.Add(ContentHash.Parse((HashKind)packed[at], Convert.ToHexStringLower(packed.AsSpan(at + 2, packed[at + 1]))));
        return hashes;
    }

    /// <summary>What <see cref="PlannedFile.ContentKey"/> says, in at most 16 bytes.</summary>
    public static byte[] Key(PlannedFile file, byte[]? packed)
    {
        if (packed is not null) return [packed[0], .. packed.AsSpan(2, Math.Min(KeyBytes, (int)packed[1]))];
        var key = new byte[9];
        key[0] = FileNumber;
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(1), file.File.Value);
        return key;
    }
}
