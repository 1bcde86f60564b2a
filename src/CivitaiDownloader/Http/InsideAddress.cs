using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CivitaiDownloader.Http;

/// <summary>
/// Tells addresses of the public Internet from all others, by the IANA special-purpose registries (RFC 6890 and its updates). An IPv6 address that
/// carries an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo) is judged by that one as well.
/// </summary>
internal static class InsideAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (var network in NotPublic)
        {
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address)) return false;
        }

        return address.AddressFamily != AddressFamily.InterNetworkV6 || Embedded(address) is not { } inner || IsPublic(inner);
    }

    private static IPAddress? Embedded(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (IsNat64(bytes) || IsCompatible(bytes)) return new(bytes[12..]);
        if (bytes[0] == 0x20 && bytes[1] == 0x02) return new(bytes[2..6]); // 6to4 (RFC 3056)
        if (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0) // Teredo (RFC 4380): the client's address, inverted
            return new((long)(uint)BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) ^ 0xFFFFFFFF);
        return null;
    }

    private static bool IsNat64(ReadOnlySpan<byte> bytes) => bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b && !bytes[4..12].ContainsAnyExcept((byte)0);

    private static bool IsCompatible(ReadOnlySpan<byte> bytes) => !bytes[..12].ContainsAnyExcept((byte)0);
}
