using System.Security.Cryptography;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Tests.Jobs.Store;

/// <summary>Jobs, items and runners for tests of the store.</summary>
internal static class JobSamples
{
    public static RunnerId Runner() => new(Guid.NewGuid());

    public static NewJob Job(string name = "anime LoRAs") => new(name, new()) { Source = "--search anime" };

    /// <summary>As long as real ones are.</summary>
    public static NewItem Item(int number, long? bytes = 1000, Priority priority = Priority.Normal) => new(new PlannedFile
    {
        Model = new(100_000 + number),
        Version = new(200_000 + number),
        File = new(300_000 + number),
        ModelName = $"Detail Tweaker LoRA {number} (细节调整)",
        VersionName = $"v{number % 7}.0",
        FileName = $"add_detail_{number}.safetensors",
        Type = "LORA",
        BaseModel = "SDXL 1.0",
        Creator = $"creator_{number % 100}",
        Format = "SafeTensor",
        Precision = "fp16",
        Bytes = bytes,
        Hashes = [ContentHash.Sha256(SHA256.HashData(BitConverter.GetBytes(number)))],
    })
    { Priority = priority };

    public static NewItem[] Items(int count, long? bytes = 1000) => [.. Enumerable.Range(1, count).Select(number => Item(number, bytes))];

    public static ItemEnd Completed(int number = 1) => new(ItemStatus.Completed)
    {
        Path = $"/models/LORA/SDXL 1.0/creator_{number % 100}/add_detail_{number}.safetensors",
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number))),
        IsVerified = true,
        BytesFetched = 1000,
        Times = new() { Resolving = TimeSpan.FromMilliseconds(3), Downloading = TimeSpan.FromMilliseconds(40), Verifying = TimeSpan.FromMicroseconds(70), Placing = TimeSpan.FromMilliseconds(1) },
    };

    public static ItemEnd Failed(string code = "http-not-found", string message = "Gone") => new(ItemStatus.Failed) { Error = new(code, message, "Nothing to be done.", 5) };
}
