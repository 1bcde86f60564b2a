namespace CivitaiDownloader.Scanning.Gguf;

/// <summary>How many elements a block of each tensor type holds, and in how many bytes (type_traits in ggml.c; the numbers 4, 5, 31–33 and 36–38 were taken away).</summary>
internal static class GgufTensorTypes
{
    private static readonly (int Elements, int Bytes)[] Blocks =
    [
        (1, 4), (1, 2), (32, 18), (32, 20), default, default, (32, 22), (32, 24), (32, 34), (32, 36), // F32, F16, Q4_0 … Q8_1
        (256, 84), (256, 110), (256, 144), (256, 176), (256, 210), (256, 292), // Q2_K … Q8_K
        (256, 66), (256, 74), (256, 98), (256, 50), (32, 18), (256, 110), (256, 82), (256, 136), // IQ2_XXS … IQ4_XS
        (1, 1), (1, 2), (1, 4), (1, 8), (1, 8), (256, 56), (1, 2), // I8 … F64, IQ1_M, BF16
        default, default, default, (256, 54), (256, 66), default, default, default, // TQ1_0, TQ2_0
        (32, 17), (64, 36), (128, 18), (64, 18), // MXFP4, NVFP4, Q1_0, Q2_0
    ];

    /// <returns>Null for a number that no reader takes.</returns>
    public static (int Elements, int Bytes)? Block(int type) => type >= 0 && type < Blocks.Length && Blocks[type].Elements > 0 ? Blocks[type] : null;
}
