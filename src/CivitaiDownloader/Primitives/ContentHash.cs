using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CivitaiDownloader.Primitives;

/// <summary>How a hash was computed. Only <see cref="Sha256"/> and <see cref="Blake3"/> prove content; the others are labels to look things up by.</summary>
public enum HashKind
{
    Sha256,
    Blake3,
    AutoV1,
    AutoV2,
    AutoV3,
    Crc32,
}

/// <summary>
/// A hash of a file's content and the way it was computed. Equal only when kind and every digit are equal: a SHA-256 and a BLAKE3
/// of 64 digits each are never compared, nor is a prefix.
/// </summary>
public readonly record struct ContentHash
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private const int LongestDigits = 64;

    private readonly string? _hex;

    private ContentHash(HashKind kind, string hex) => (Kind, _hex) = (kind, hex);

    public HashKind Kind { get; }

    /// <summary>The digits in lower case.</summary>
    public string Hex => _hex ?? "";

    /// <summary>True for a digest of the whole content that nobody can forge (SHA-256, BLAKE3).</summary>
    public bool ProvesContent => Kind is HashKind.Sha256 or HashKind.Blake3;

    public static ContentHash Sha256(ReadOnlySpan<byte> digest) => digest.Length == 32
        ? new(HashKind.Sha256, Convert.ToHexStringLower(digest))
        : throw new ArgumentException($"A SHA-256 digest has 32 bytes, not {digest.Length}.", nameof(digest));

    public static ContentHash Parse(HashKind kind, string hex) => TryParse(kind, hex, out var hash)
        ? hash
        : throw new FormatException($"'{hex}' is not a {kind} hash: {string.Join(" or ", Lengths(kind))} hexadecimal digits are needed.");

    /// <summary>Accepts upper and lower case. The number of digits must be one that <paramref name="kind"/> has (AutoV3: 12, in 2023 recordings 64).</summary>
    public static bool TryParse(HashKind kind, [NotNullWhen(true)] string? hex, out ContentHash hash)
    {
        hash = default;
        if (hex is null || !HasLength(kind, hex.Length) || hex.AsSpan().ContainsAnyExcept(HexDigits)) return false;
        hash = new(kind, hex.ToLowerInvariant());
        return true;
    }

    /// <summary>As <see cref="TryParse(HashKind, string?, out ContentHash)"/>, from UTF-8.</summary>
    public static bool TryParse(HashKind kind, ReadOnlySpan<byte> hex, out ContentHash hash)
    {
        hash = default;
        if (!HasLength(kind, hex.Length)) return false;
        Span<char> lower = stackalloc char[LongestDigits];
        if (Ascii.ToLower(hex, lower, out var written) != OperationStatus.Done || lower[..written].ContainsAnyExcept(HexDigits)) return false;
        hash = new(kind, new string(lower[..written]));
        return true;
    }

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{Hex}";

    // A page holds hundreds of hashes: no list is made for each.
    private static bool HasLength(HashKind kind, int digits) => kind switch
    {
        HashKind.Sha256 or HashKind.Blake3 => digits == 64,
        HashKind.AutoV1 or HashKind.Crc32 => digits == 8,
        HashKind.AutoV2 => digits == 10,
        HashKind.AutoV3 => digits is 12 or 64,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static int[] Lengths(HashKind kind) => kind switch
    {
        HashKind.Sha256 or HashKind.Blake3 => [64],
        HashKind.AutoV1 or HashKind.Crc32 => [8],
        HashKind.AutoV2 => [10],
        HashKind.AutoV3 => [12, 64],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
