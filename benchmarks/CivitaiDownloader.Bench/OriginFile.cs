using System.Security.Cryptography;

namespace CivitaiDownloader.Bench;

/// <summary>A file of chance content that the origin has: the only one of the model of its number.</summary>
internal sealed record OriginFile(int Model, string Path, long Bytes, string Sha256)
{
    public int Version => Model * 10;

    public string Name => $"bench-{Model}.safetensors";

    public static OriginFile Make(string folder, long bytes, int model = 1)
    {
        var path = System.IO.Path.Combine(folder, $"{model}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.Create(path);
        var block = new byte[Math.Min(1 << 20, bytes)];
        for (var left = bytes; left > 0; left -= block.Length)
        {
            RandomNumberGenerator.Fill(block); // far quicker than a seeded Random
            var run = block.AsSpan(0, (int)Math.Min(block.Length, left));
            hash.AppendData(run);
            file.Write(run);
        }

        return new(model, path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public bool IsAt(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != Bytes) return false;
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == Sha256;
    }
}
