using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Deflate;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.PPMd;
using SharpCompress.Compressors.ZStandard;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Joins the decoders that a folder of a 7z archive names into one stream.</summary>
internal static class SevenZipDecoder
{
    // As many as programs put one behind the other.
    private const int MostCoders = 4;

    private const ulong Lzma2 = 0x21;

    /// <exception cref="BudgetExceededException">A method is not known here, or its decoder wants too much memory.</exception>
    public static Stream Open(SevenZipFolder folder, ScanItem item, ScanState state)
    {
        if (folder.Coders.Count > MostCoders || folder.Packed is not [var packed] || folder.Coders.Any(coder => coder.Inputs != 1 || coder.Outputs != 1)) throw NotKnown("several streams joined by a method");
        var source = item.Source.Slice(packed.Start, packed.Bytes);
        Stream stream = new FeedStream(source) { IsPadded = folder.Coders[folder.PackedInputs[0]].Method is 0x030401 or 0x04f71101 };
        var coder = folder.PackedInputs[0];
        for (var step = 0; step < folder.Coders.Count; step++)
        {
            if (folder.Coders[coder].Method == Lzma2)
            {
                // Its chunks can only be bounded where they can be seen.
                if (step > 0) throw NotKnown("LZMA2 under another method");
                Lzma2Extent.Measure(source);
            }

            stream = Decoder(folder.Coders[coder], stream, folder.UnpackedSizes[coder], item, state);
            var output = coder;
            coder = folder.Pairs.Where(pair => pair.Output == output).Select(pair => pair.Input).FirstOrDefault(-1);
            if (coder < 0) return step == folder.Coders.Count - 1 ? stream : throw new UnreadableException("a coder that is not joined to the others", packed.Start);
        }

        throw new UnreadableException("coders joined in a circle", packed.Start);
    }

    private static Stream Decoder(SevenZipCoder coder, Stream input, long size, ScanItem item, ScanState state)
    {
        var properties = coder.Properties.ToArray();
        switch (coder.Method)
        {
            case 0:
                return input;
            case 0x03 when properties.Length == 1:
                return new DeltaStream(input, properties[0] + 1);
            case Lzma2 when properties.Length == 1:
                return new LzmaWindows(LzmaStream.Create([DecoderMemory.ShrinkLzma2(properties[0], size, item, state)], input));
            case 0x030101 when properties.Length == 5:
                DecoderMemory.ShrinkLzma(properties, size, item, state);
                return new LzmaWindows(LzmaStream.Create(properties, input, -1, size));
            case 0x030401 when properties.Length == 5:
                DecoderMemory.Allowed(BinaryPrimitives.ReadUInt32LittleEndian(properties.AsSpan(1)), state);
                if (properties[0] is < 2 or > 64 || BinaryPrimitives.ReadUInt32LittleEndian(properties.AsSpan(1)) < 1 << 11) throw new UnreadableException("properties that PPMd does not have", 0);
                return PpmdStream.Create(new PpmdProperties(properties), input, false);
            case 0x040108:
                return new DeflateStream(input, CompressionMode.Decompress);
            case 0x040202:
                return BZip2Stream.Create(input, CompressionMode.Decompress, decompressConcatenated: false);
            case 0x04f71101:
                var zstandard = new DecompressionStream(input);
                zstandard.SetParameter(SharpCompress.Compressors.ZStandard.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, long.Log2(state.Limits.MaxDecoderBytes) is var log and < 31 ? (int)log : 31);
                return zstandard;
            case 0x03030103 or 0x04:
                return new BranchStream(input);
            default:
                throw NotKnown($"the method {coder.Method:x}");
        }
    }

    private static BudgetExceededException NotKnown(string what) => new(ArchiveRules.NotExamined, $"members are packed with {what}, which is not known here");
}
