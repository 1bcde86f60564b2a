using System.IO.Hashing;
using System.Security.Cryptography;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Digests;

/// <summary>The digests of one file, computed in one pass: SHA-256 always, BLAKE3 and CRC32 where they are asked for.</summary>
internal sealed class FileDigests : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Org.BouncyCastle.Crypto.Digests.Blake3Digest? _blake3;
    private readonly Crc32? _crc32;

    /// <param name="asked">What is wanted besides SHA-256; kinds that are no digest of the whole file are passed over.</param>
    public FileDigests(IEnumerable<HashKind> asked)
    {
        foreach (var kind in asked)
        {
            if (kind == HashKind.Blake3) _blake3 ??= new(256);
            else if (kind == HashKind.Crc32) _crc32 ??= new();
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _blake3?.BlockUpdate(bytes);
        _crc32?.Append(bytes);
    }

    /// <summary>The digests of all that was appended; begins anew.</summary>
    public IReadOnlyList<ContentHash> Finish()
    {
        var hashes = new List<ContentHash>(3) { ContentHash.Sha256(_sha256.GetHashAndReset()) };
        if (_blake3 is not null)
        {
            Span<byte> digest = stackalloc byte[32];
            _blake3.DoFinal(digest);
            hashes.Add(ContentHash.Parse(HashKind.Blake3, Convert.ToHexString(digest)));
        }

        if (_crc32 is not null) hashes.Add(ContentHash.Parse(HashKind.Crc32, _crc32.GetCurrentHashAsUInt32().ToString("X8", System.Globalization.CultureInfo.InvariantCulture)));
        _crc32?.Reset();
        return hashes;
    }

    public void Dispose() => _sha256.Dispose();
}
