using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>Tells a file on disk from the other forms of a target: something is there, or the text has a separator or a model's extension.</summary>
internal static class TargetPath
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".safetensors", ".sft", ".gguf", ".ggml", ".ckpt", ".pt", ".pth", ".bin", ".pkl", ".onnx", ".zip", ".7z", ".rar",
    };

    public static bool Looks(string text) => text.Contains('/') || text.Contains(Path.DirectorySeparatorChar)
        || Extensions.Contains(Path.GetExtension(text)) || Path.Exists(text);

    /// <exception cref="FormatException">There is no such file.</exception>
    public static Target Read(string text)
    {
        if (File.Exists(text)) return new Target.ByPath(Path.GetFullPath(text));
        if (Directory.Exists(text)) throw new FormatException($"'{TargetText.Show(text)}' is a folder: give one file of it.");
        throw new FormatException($"There is no file '{TargetText.Show(text)}', and it is not the address of a page of Civitai.");
    }
}
