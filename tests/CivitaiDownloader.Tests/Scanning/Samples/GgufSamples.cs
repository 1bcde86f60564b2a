namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class GgufSamples
{
    public static IEnumerable<Sample> All =>
    [
        new(null, "plain.gguf", Model().Whole()),
        new(null, "older.gguf", new GgufBytes { Version = 2 }.Pair("general.architecture", "llama").Tensor("a.weight", 0, 16, 4).Whole()),
        new(null, "vocabulary.gguf", new GgufBytes().Pair("tokenizer.ggml.tokens", 9, [8, 0, 0, 0, .. BitConverter.GetBytes(3L), .. GgufBytes.Text("a"), .. GgufBytes.Text(""), .. GgufBytes.Text("ab")]).Whole()),
        new(null, "aligned.gguf", new GgufBytes { Alignment = 64 }.Pair("general.alignment", 4, [64, 0, 0, 0]).Tensor("a.weight", 2, 36, 64).Tensor("b.weight", 14, 210, 256).Whole()),
        new("gguf-version", "later.gguf", new GgufBytes { Version = 4 }.Whole()),
        new("gguf-version", "big-endian.gguf", [.. "GGUF"u8, 0, 0, 0, 3, .. new byte[16]]),
        new("unreadable", "key-twice.gguf", new GgufBytes().Pair("a", "x").Pair("a", "y").Whole()),
        new("unreadable", "key-empty.gguf", new GgufBytes().Pair("", "x").Whole()),
        new("unreadable", "array-of-arrays.gguf", new GgufBytes().Pair("a", 9, [9, 0, 0, 0, .. BitConverter.GetBytes(1L), 0, 0, 0, 0, .. new byte[8]]).Whole()),
        new("unreadable", "array-too-long.gguf", new GgufBytes().Pair("a", 9, [4, 0, 0, 0, .. BitConverter.GetBytes(1L << 62)]).Whole()),
        new("unreadable", "alignment-odd.gguf", new GgufBytes().Pair("general.alignment", 4, [33, 0, 0, 0]).Whole()),
        new("unreadable", "type-taken-away.gguf", new GgufBytes().Tensor("a", 4, 32, 32).Whole()),
        new("unreadable", "row-too-short.gguf", new GgufBytes().Tensor("a", 2, 18, 31).Whole()),
        new("unreadable", "name-twice.gguf", new GgufBytes().Tensor("a", 0, 32, 8).Tensor("a", 0, 32, 8).Whole()),
        new("unreadable", "elements-overflow.gguf", new GgufBytes().Tensor("a", 0, 32, long.MaxValue, 2).Whole()),
        new("unreadable", "data-cut.gguf", Model().Whole()[..^40]),
        new("unreadable", "overlap.gguf", new GgufBytes().Tensor("a", 0, 32, 16).Tensor("b", 0, 64, 16).Whole()),
        new("hidden-data", "behind.gguf", [.. Model().Whole(), .. "what no reader looks at"u8]),
    ];

    private static GgufBytes Model() => new GgufBytes().Pair("general.architecture", "llama").Pair("llama.rope.freq_base", 6, [0, 0, 0x80, 0x3f]).Tensor("token_embd.weight", 8, 68, 64).Tensor("output.weight", 1, 128, 32, 2);
}
