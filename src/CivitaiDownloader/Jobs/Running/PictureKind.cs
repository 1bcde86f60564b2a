namespace CivitaiDownloader.Jobs.Running;

/// <summary>What a picture is by its first bytes; its name and its host may say anything.</summary>
internal static class PictureKind
{
    public static readonly string[] Extensions = [".png", ".jpeg", ".jpg", ".webp"];

    /// <returns>Null for anything that is not a PNG, JPEG or WebP.</returns>
    public static string? ExtensionOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return ".png";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return ".jpeg";
        return bytes.Length > 12 && bytes[..4].SequenceEqual("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? ".webp" : null;
    }
}
