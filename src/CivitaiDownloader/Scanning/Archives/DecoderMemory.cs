using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Holds what a stream wants its decoder to reserve against what can come out of it: decoders reserve what they are told.</summary>
internal static class DecoderMemory
{
    private const int SmallestDictionary = 4 * 1024;

    /// <summary>Makes the dictionary in LZMA's five bytes of properties no larger than the content. A right stream unpacks to the same with it.</summary>
    /// <param name="length">Of the content; negative when it is not known.</param>
    /// <exception cref="BudgetExceededException">The decoder would take more than it may.</exception>
    public static void ShrinkLzma(byte[] properties, long length, ScanItem item, ScanState state)
    {
        if (properties[0] >= 9 * 5 * 5) throw new UnreadableException("properties that LZMA does not have", 0);
        var dictionary = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(properties.AsSpan(1)), Most(length, item, state));
        BinaryPrimitives.WriteUInt32LittleEndian(properties.AsSpan(1), (uint)Math.Max(Allowed(dictionary, state), SmallestDictionary));
    }

    /// <summary>The byte that stands for LZMA2's dictionary (xz file format 1.2.1, section 5.3.1), likewise no larger than the content.</summary>
    public static byte ShrinkLzma2(byte property, long length, ScanItem item, ScanState state)
    {
        if (property > 40) throw new UnreadableException("a dictionary that LZMA2 does not have", 0);
        var most = Most(length, item, state);
        byte small = 0;
        while (small < property && SizeOfLzma2(small) < most) small++;
        Allowed(SizeOfLzma2(small), state);
        return small;
    }

    public static long SizeOfLzma2(byte property) => property == 40 ? uint.MaxValue : (2L | (property & 1)) << ((property >> 1) + 11);

    /// <exception cref="BudgetExceededException">More than a decoder may take.</exception>
    public static long Allowed(long bytes, ScanState state) =>
        bytes <= state.Limits.MaxDecoderBytes ? bytes : throw new BudgetExceededException(CoreRules.Limit, $"its decoder wants {bytes} bytes of memory, where {state.Limits.MaxDecoderBytes} are allowed");

    // Beyond what the budget lets come out the scan stops anyway.
    private static long Most(long length, ScanItem item, ScanState state)
    {
        var budget = Math.Max(state.Limits.FreeUnpackedBytes, item.Source.Length < long.MaxValue / state.Limits.MaxUnpackedRatio ? item.Source.Length * state.Limits.MaxUnpackedRatio : long.MaxValue);
        return length < 0 ? budget : Math.Min(length, budget);
    }
}
