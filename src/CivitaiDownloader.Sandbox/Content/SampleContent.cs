using System.Buffers.Binary;
using System.Security.Cryptography;
using System.IO.Hashing;
using Org.BouncyCastle.Crypto.Digests;

namespace CivitaiDownloader.Sandbox.Content;

/// <summary>A file's bytes, made when they are asked for.</summary>
public abstract class SampleContent
{
    private readonly Lazy<SampleHashes> _hashes;

    protected SampleContent() => _hashes = new(() => SampleHashes.Of(this));

    public abstract long Length { get; }

    /// <summary>Writes the bytes from <paramref name="offset"/> on; the span ends within the file.</summary>
    public abstract void Fill(long offset, Span<byte> destination);

    /// <summary>Computed once, when first asked for.</summary>
    public virtual SampleHashes Hashes => _hashes.Value;
}

/// <summary>As Civitai shows them: upper case. Null where the site would not have computed it.</summary>
public sealed record SampleHashes(string Sha256, string? Crc32, string? Blake3, string? AutoV1, string? AutoV3)
{
    private const int Step = 1 << 20;
    private const long SmallEnoughForAll = 64 << 20;

    public string AutoV2 => Sha256[..10];

    public static SampleHashes Of(SampleContent content)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc32 = new Crc32();
        var blake3 = new Blake3Digest(256);
        var buffer = new byte[Math.Min(Step, content.Length)]; // a mebibyte for each of ten thousand small files would cost seconds
        var all = content.Length <= SmallEnoughForAll;
        for (var at = 0L; at < content.Length; at += Step)
        {
            var bytes = buffer.AsSpan(0, (int)Math.Min(Step, content.Length - at));
            content.Fill(at, bytes);
            sha256.AppendData(bytes);
            if (!all) continue;
            crc32.Append(bytes);
            blake3.BlockUpdate(bytes);
        }

        var digest = Convert.ToHexString(sha256.GetHashAndReset());
        if (!all) return new(digest, null, null, AutoV1Of(content), null);
        var blake = new byte[32];
        blake3.DoFinal(blake);
        // The site prints the CRC from its little-endian bytes.
        return new(digest, Convert.ToHexString(crc32.GetCurrentHash()), Convert.ToHexString(blake), AutoV1Of(content), AutoV3Of(content));
    }

    // SHA-256 over 64 KiB from offset 1 MiB; files under 2 MiB have none.
    private static string? AutoV1Of(SampleContent content)
    {
        if (content.Length < 2 << 20) return null;
        var bytes = new byte[65536];
        content.Fill(1 << 20, bytes);
        return Convert.ToHexString(SHA256.HashData(bytes))[..8];
    }

    // SHA-256 of what follows a safetensors header.
    private static string? AutoV3Of(SampleContent content)
    {
        if (content.Length is < 9 or > 8 << 20) return null;
        var bytes = new byte[content.Length];
        content.Fill(0, bytes);
        var header = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return header > (ulong)bytes.Length - 8 ? null : Convert.ToHexString(SHA256.HashData(bytes.AsSpan(8 + (int)header)))[..12];
    }
}

/// <summary>A small file, made whole by a function when it is needed. Its bytes are let go when memory is short: ten thousand of them are not small.</summary>
public sealed class MadeContent(Func<byte[]> make) : SampleContent
{
    private readonly WeakReference<byte[]> _kept = new(null!);
    private long _length = -1;

    public override long Length
    {
        get
        {
            if (Volatile.Read(ref _length) < 0) Volatile.Write(ref _length, Bytes().Length);
            return _length;
        }
    }

    public override void Fill(long offset, Span<byte> destination) => Bytes().AsSpan((int)offset, destination.Length).CopyTo(destination);

    private byte[] Bytes()
    {
        if (_kept.TryGetTarget(out var kept)) return kept;
        var made = make(); // the same whoever makes it
        _kept.SetTarget(made);
        return made;
    }
}

/// <summary>Bytes that are there already.</summary>
internal sealed class BytesContent(ReadOnlyMemory<byte> bytes) : SampleContent
{
    public override long Length => bytes.Length;

    public override void Fill(long offset, Span<byte> destination) => bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
}
