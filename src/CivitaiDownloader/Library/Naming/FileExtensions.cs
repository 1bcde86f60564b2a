namespace CivitaiDownloader.Library.Naming;

/// <summary>The extensions a file may be saved with: those of models and of what comes with them. None starts a program when it is opened.</summary>
internal static class FileExtensions
{
    /// <summary>Put behind a name whose own extension is not on the list, so that what it claims to be stays visible and nothing opens it.</summary>
    public const string Neutral = ".unknown";

    private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        ".safetensors", ".sft", ".gguf", ".ggml", ".ckpt", ".pt", ".pth", ".bin", ".pkl", ".pickle", ".onnx", ".h5", ".keras", ".pb", ".tflite", ".mlmodel", ".msgpack", ".npy", ".npz", ".joblib",
        ".zip", ".7z", ".rar", ".tar", ".gz", ".xz", ".zst",
        ".yaml", ".yml", ".json", ".toml", ".txt", ".md", ".csv", ".pdf",
        ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".mp4", ".webm", ".mp3", ".wav",
        Neutral,
    };

    // What weights come in; an archive may hold some.
    private static readonly HashSet<string> Models = new(StringComparer.OrdinalIgnoreCase)
    {
        ".safetensors", ".sft", ".gguf", ".ggml", ".ckpt", ".pt", ".pth", ".bin", ".pkl", ".pickle", ".onnx", ".h5", ".keras", ".pb", ".tflite", ".mlmodel", ".msgpack", ".npz", ".joblib",
        ".zip", ".7z", ".rar", ".tar",
    };

    /// <summary>Whether a file called so is worth hashing when a folder is looked through.</summary>
    public static bool IsModel(string extension) => Models.Contains(extension);

    public static bool IsAllowed(string extension) => Allowed.Contains(extension);
}
