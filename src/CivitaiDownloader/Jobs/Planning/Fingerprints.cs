using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Which texts were met: 16 bytes for each of a hundred thousand, and no two that anybody could make look alike.</summary>
internal sealed class Fingerprints
{
    private readonly HashSet<UInt128> _met = [];

    /// <returns>False when it was met before.</returns>
    public bool Add(string text) => _met.Add(BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
