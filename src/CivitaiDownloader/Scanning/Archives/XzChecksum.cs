using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>The check over one block of an xz file (xz file format 1.2.1, section 2.1.1.2).</summary>
internal sealed class XzChecksum(int kind) : IDisposable
{
    private const ulong Polynomial = 0xc96c5795d7870f42; // CRC-64 of ECMA-182, reflected: the library has only the other one

    private static readonly ulong[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    private readonly Crc32 _crc32 = new();
    private readonly IncrementalHash? _sha256 = kind == 10 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private ulong _crc64 = ulong.MaxValue;

    public static bool IsKnown(int kind) => kind is 0 or 1 or 4 or 10;

    public static int Size(int kind) => kind switch { 0 => 0, 1 => 4, 4 => 8, _ => 32 };

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (kind == 1) _crc32.Append(bytes);
        _sha256?.AppendData(bytes);
        if (kind != 4) return;
        foreach (var value in bytes) _crc64 = Table[(byte)_crc64 ^ value] ^ (_crc64 >> 8);
    }

    public bool Agrees(ReadOnlySpan<byte> check) => kind switch
    {
        0 => true,
        1 => BinaryPrimitives.ReadUInt32LittleEndian(check) == _crc32.GetCurrentHashAsUInt32(),
        4 => BinaryPrimitives.ReadUInt64LittleEndian(check) == ~_crc64,
        _ => check.SequenceEqual(_sha256!.GetHashAndReset()),
    };

    public void Dispose() => _sha256?.Dispose();

    private static ulong Entry(int index)
    {
        var value = (ulong)index;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
        return value;
    }
}
