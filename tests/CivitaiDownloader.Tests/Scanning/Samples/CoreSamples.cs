namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class CoreSamples
{
    public static IEnumerable<Sample> All =>
    [
        new("content-unknown", "nothing.dat", [0x91, 0xf2, 0x03, 0x04, 0x95, 0xc6, 0xd7, 0x08]),
        new("content-unknown", "nothing.bin", [0x91, 0xf2, 0x03, 0x04, 0x95, 0xc6, 0xd7, 0x08]),
        new("name-mismatch", "text.safetensors", "<html><body>not found</body></html>"u8.ToArray()),
        new("name-mismatch", "empty.safetensors", []),
        new("name-mismatch", "checkpoint.safetensors", CheckpointSamples.Zip(PickleBytes.StateDict(PickleBytes.Tensor("0", 4, 0, 4)), ("0", new byte[16]))),
        new("disguised-archive", "archive.pt", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4, .. new byte[24]]),

        new(null, "empty.txt", []),
        new(null, "nothing-promised", "just a text\n"u8.ToArray()),
    ];
}
