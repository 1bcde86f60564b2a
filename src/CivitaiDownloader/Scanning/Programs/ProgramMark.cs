using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>A program's beginning: its mark, and the fields behind it that a system looks at before it starts one. Random bytes never have them.</summary>
/// <param name="Description">Its kind and what it is made for, for people.</param>
internal sealed record ProgramMark(ContentKind Kind, string Description)
{
    /// <summary>What <paramref name="bytes"/> begin with; null when it is no program. A Windows program's second header may lie up to 64 KiB further on.</summary>
    public static ProgramMark? At(ReadOnlySpan<byte> bytes) => bytes.Length < 8 ? null : bytes[0] switch
    {
        0x7f => ElfHeader.Read(bytes),
        (byte)'M' or (byte)'Z' => WindowsHeader.Read(bytes),
        0xfe or 0xce or 0xcf or 0xbe or 0xbf => MachHeader.Read(bytes),
        0xca => MachHeader.Read(bytes) ?? ByteCodeHeader.Read(bytes),
        _ => ByteCodeHeader.Read(bytes),
    };
}
