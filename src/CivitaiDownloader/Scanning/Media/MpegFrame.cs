namespace CivitaiDownloader.Scanning.Media;

/// <summary>The header of a frame of MPEG sound (ISO/IEC 11172-3, section 2.4.1.3), from which its length follows.</summary>
internal static class MpegFrame
{
    public const int HeaderBytes = 4;

    private static readonly int[] Version1Layer1 = [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448], Version1Layer2 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly int[] Version1Layer3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320], Version2Layer1 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256], Version2Others = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Rates = [44_100, 48_000, 32_000];

    /// <returns>Bytes of the frame with its header; 0 when this is none.</returns>
    public static int Length(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || header[0] != 0xff || (header[1] & 0xe0) != 0xe0) return 0;
        var (version, layer, bitRate, rate) = ((header[1] >> 3) & 3, 4 - ((header[1] >> 1) & 3), header[2] >> 4, (header[2] >> 2) & 3);
        if (version == 1 || layer == 4 || bitRate is 0 or 15 || rate == 3) return 0;
        var table = (version, layer) switch { (3, 1) => Version1Layer1, (3, 2) => Version1Layer2, (3, _) => Version1Layer3, (_, 1) => Version2Layer1, _ => Version2Others };
        var bits = 1_000 * table[bitRate];
        var samples = Rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        var padding = (header[2] >> 1) & 1;
        return layer == 1 ? ((12 * bits / samples) + padding) * 4 : ((layer == 3 && version != 3 ? 72 : 144) * bits / samples) + padding;
    }

    /// <summary>Whether a stream of them begins here: one frame, and another behind it.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => Length(head) is > 0 and var first && first < head.Length && Length(head[first..]) > 0 && (head[first + 1] & 0xfe) == (head[1] & 0xfe);
}
