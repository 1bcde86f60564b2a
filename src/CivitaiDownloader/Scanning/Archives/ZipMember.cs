using System.IO.Compression;
using System.IO.Hashing;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>One member's content. A claim that would keep a scanner out (encryption, an unknown method) is tried: a loader may not care for it.</summary>
internal static class ZipMember
{
    private const ushort Stored = 0, Deflated = 8, Bzip2 = 12, Lzma = 14;

    /// <summary>Looks into the member, by every way in which a reader would find it.</summary>
    /// <param name="header">As the header before it describes it; the directory's description may differ.</param>
    public static void Inspect(ScanItem archive, ScanState state, ZipEntry listed, ZipEntry header)
    {
        var part = Part(archive, listed, header);
        if (listed.ClaimsEncryption || header.ClaimsEncryption)
        {
            state.Report(ArchiveRules.Encrypted, part, $"{MemberNames.Shown(listed.Name)} is said to be encrypted", header.HeaderAt);
            Try(archive, state, listed, header);
            return;
        }

        state.Guard(part, () => Read(archive, state, listed, header, source => state.Inspect(part with { Source = source })));
        if (listed.Method != header.Method) Try(archive, state, header, header);
    }

    /// <summary>Has the member's content read as <paramref name="read"/> wants, and checks its size and checksum.</summary>
    public static void Read(ScanItem archive, ScanState state, ZipEntry listed, ZipEntry header, Action<ScanSource> read)
    {
        var packed = archive.Source.Slice(header.DataAt, listed.PackedBytes);
        var part = Part(archive, listed, header);
        switch (listed.Method)
        {
            case Stored:
                if (listed.Bytes != listed.PackedBytes) state.Report(ZipRules.Ambiguous, archive, $"{MemberNames.Shown(listed.Name)} is stored and has {listed.Bytes} bytes in {listed.PackedBytes}", header.HeaderAt);
                if (StoredChecksum.Differs(packed, listed.Crc, state)) state.Report(ZipRules.Checksum, part, "its checksum differs");
                read(packed);
                break;
            case Deflated or Bzip2 or Lzma:
                using (var unpacked = Unpack(archive, state, packed, listed, part)) read(unpacked);
                break;
            default:
                state.Report(ArchiveRules.NotExamined, part, $"{MemberNames.Shown(listed.Name)} is packed by method {listed.Method}, which is not unpacked here");
                Try(archive, state, listed with { Method = Stored }, header);
                break;
        }
    }

    public static ScanItem Part(ScanItem archive, ZipEntry listed, ZipEntry header) => archive.Part(archive.Source.Slice(header.DataAt, listed.PackedBytes), listed.Name);

    private static UnpackedSource Unpack(ScanItem archive, ScanState state, ScanSource packed, ZipEntry listed, ScanItem part)
    {
        var crc = new Crc32();
        using var decoder = Decoder(archive, state, packed, listed);
        var unpacked = UnpackedSource.Unpack(decoder, state, bytes => crc.Append(bytes.Span));
        if (unpacked.Length != listed.Bytes) state.Report(ZipRules.Ambiguous, archive, $"{MemberNames.Shown(listed.Name)} unpacks to {unpacked.Length} bytes where the directory says {listed.Bytes}", listed.HeaderAt);
        else if (crc.GetCurrentHashAsUInt32() != listed.Crc) state.Report(ZipRules.Checksum, part, "its checksum differs");
        return unpacked;
    }

    private static Stream Decoder(ScanItem archive, ScanState state, ScanSource packed, ZipEntry listed)
    {
        var stream = new SourceStream(packed);
        return listed.Method switch
        {
            Deflated => new DeflateStream(stream, CompressionMode.Decompress),
            Bzip2 => BZip2Stream.Create(new BufferedStream(stream, 64 * 1024), SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: false, leaveOpen: true),
            _ => LzmaDecoder(archive, state, packed, listed),
        };
    }

    // Two bytes of version, the length of the properties, and they (APPNOTE 6.3.10, section 5.8.8).
    private static LzmaWindows LzmaDecoder(ScanItem archive, ScanState state, ScanSource packed, ZipEntry listed)
    {
        if (packed.Peek(2, 7) is not [5, 0, .. { Length: 5 } properties]) throw new UnreadableException("LZMA properties of another length than five", listed.HeaderAt);
        DecoderMemory.ShrinkLzma(properties, listed.Bytes, archive, state);
        return new(LzmaStream.Create(properties, new SourceStream(packed.Slice(9, packed.Length - 9)), packed.Length - 9, listed.Bytes, leaveOpen: true));
    }

    // What is found counts, what cannot be read does not: the claim itself is a finding already.
    private static void Try(ScanItem archive, ScanState state, ZipEntry listed, ZipEntry header)
    {
        var trial = state.Fork();
        var part = Part(archive, listed, header);
        trial.Guard(part, () => Read(archive, trial, listed with { Flags = 0 }, header with { Flags = 0 }, source => trial.Inspect(part with { Source = source })));
        if (trial.Worst == Severity.Dangerous) state.Join(trial);
        else state.Discard(trial);
    }
}
