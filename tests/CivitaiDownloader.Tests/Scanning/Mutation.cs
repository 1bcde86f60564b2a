using System.Buffers.Binary;

namespace CivitaiDownloader.Tests.Scanning;

/// <summary>Ways of breaking a file that break readers: lengths that lie, parts that are gone, twice there or another file's.</summary>
internal static class Mutation
{
    private static readonly ulong[] Numbers = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff, 1_000_000, 1UL << 40];

    public static byte[] Of(byte[] bytes, byte[] other, Random random)
    {
        var mutant = bytes.ToArray();
        for (var times = 1 << random.Next(4); times > 0 && mutant.Length > 0; times--) mutant = Once(mutant, other, random);
        return mutant;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Random random)
    {
        var at = random.Next(4) == 0 ? random.Next(Math.Min(bytes.Length, 64)) : random.Next(bytes.Length);
        switch (random.Next(9))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); return bytes;
            case 1: bytes[at] = (byte)random.Next(256); return bytes;
            case 2: return bytes[..at];
            case 3: return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + random.Next(64))..]];
            case 4: return [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + 1 + random.Next(256))], .. bytes[at..]];
            case 5: return [.. bytes[..at], .. other[random.Next(other.Length)..]];
            case 6: return [.. bytes, .. other];
            default:
                var number = new byte[8];
                var value = Numbers[random.Next(Numbers.Length)];
                if (random.Next(2) == 0) BinaryPrimitives.WriteUInt64LittleEndian(number, value);
                else BinaryPrimitives.WriteUInt64BigEndian(number, value);
                var width = Math.Min(1 << random.Next(4), bytes.Length - at);
                number.AsSpan(random.Next(2) == 0 ? 0 : 8 - width, width).CopyTo(bytes.AsSpan(at));
                return bytes;
        }
    }
}
