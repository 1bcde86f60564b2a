using CivitaiDownloader.Scanning.Rules;
using Kind = CivitaiDownloader.Scanning.Content.ContentKind;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>What a name promises. Content decides what is read; then the name must agree, because loaders go by it.</summary>
internal static class NamePromises
{
    private static readonly Kind[] Checkpoint = [Kind.TorchZip, Kind.TorchLegacy, Kind.Pickle, Kind.Zip];
    private static readonly Kind[] Texts = [Kind.Text, Kind.Json, Kind.Yaml, Kind.Html, Kind.Script, Kind.Empty];
    private static readonly Kind[] Programs = [Kind.Elf, Kind.Pe, Kind.MachO, Kind.JavaClass, Kind.Dex, Kind.WebAssembly, Kind.ShellLink, Kind.Ole, Kind.EicarTest];
    private static readonly Kind[] Compressed = [Kind.Gzip, Kind.Bzip2, Kind.Xz, Kind.Lzma, Kind.Zlib, Kind.Zstandard, Kind.Lz4];

    // An extension that is not here promises nothing. The first kind of each row is the reader that loaders would take.
    private static readonly Dictionary<string, Kind[]> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".safetensors"] = [Kind.Safetensors], [".sft"] = [Kind.Safetensors],
        [".gguf"] = [Kind.Gguf], [".ggml"] = [Kind.Gguf],
        [".ckpt"] = Checkpoint, [".pt"] = Checkpoint, [".pth"] = [.. Checkpoint, Kind.Tar], [".pt2"] = Checkpoint, [".mar"] = Checkpoint,
        [".bin"] = [Kind.TorchZip, Kind.TorchLegacy, Kind.Pickle, Kind.Safetensors, Kind.Gguf, Kind.Unknown, Kind.Empty],
        [".pkl"] = [Kind.Pickle, Kind.TorchZip, Kind.TorchLegacy], [".pickle"] = [Kind.Pickle, Kind.TorchZip, Kind.TorchLegacy], [".p"] = [Kind.Pickle], [".dill"] = [Kind.Pickle],
        [".joblib"] = [Kind.Pickle, .. Compressed],
        [".npy"] = [Kind.Npy], [".npz"] = [Kind.Npz, Kind.Zip],
        [".onnx"] = [Kind.Onnx], [".h5"] = [Kind.Hdf5], [".hdf5"] = [Kind.Hdf5], [".keras"] = [Kind.KerasZip, Kind.Hdf5], [".pb"] = [Kind.SavedModel, Kind.Onnx],
        [".zip"] = [Kind.Zip, Kind.TorchZip, Kind.Npz, Kind.KerasZip, Kind.OfficeDocument], [".7z"] = [Kind.SevenZip], [".rar"] = [Kind.Rar], [".tar"] = [Kind.Tar],
        [".gz"] = [Kind.Gzip], [".tgz"] = [Kind.Gzip], [".bz2"] = [Kind.Bzip2], [".tbz2"] = [Kind.Bzip2], [".xz"] = [Kind.Xz], [".txz"] = [Kind.Xz], [".lzma"] = [Kind.Lzma], [".zst"] = [Kind.Zstandard], [".lz4"] = [Kind.Lz4], [".z"] = [Kind.Zlib],
        [".json"] = [Kind.Json, Kind.Empty], [".yaml"] = [Kind.Yaml, Kind.Text, Kind.Json, Kind.Empty], [".yml"] = [Kind.Yaml, Kind.Text, Kind.Json, Kind.Empty], [".toml"] = Texts, [".ini"] = Texts, [".cfg"] = Texts,
        [".txt"] = Texts, [".md"] = Texts, [".csv"] = Texts, [".log"] = Texts, [".jinja"] = Texts, [".html"] = [Kind.Html, Kind.Text, Kind.Empty], [".htm"] = [Kind.Html, Kind.Text, Kind.Empty], [".svg"] = [Kind.Svg],
        [".png"] = [Kind.Png], [".jpg"] = [Kind.Jpeg], [".jpeg"] = [Kind.Jpeg], [".gif"] = [Kind.Gif], [".webp"] = [Kind.WebP], [".avif"] = [Kind.Iso], [".mp4"] = [Kind.Iso], [".webm"] = [Kind.Matroska], [".mp3"] = [Kind.Mp3], [".wav"] = [Kind.Riff], [".pdf"] = [Kind.Pdf],
    };

    // Pictures are often served as another kind of picture than their name says; no program is misled to anything by that.
    private static readonly Kind[] Pictures = [Kind.Png, Kind.Jpeg, Kind.Gif, Kind.WebP, Kind.Iso];

    /// <summary>Names under which people keep models: what is found there gets loaded.</summary>
    private static readonly HashSet<string> Models = new(StringComparer.OrdinalIgnoreCase)
    {
        ".safetensors", ".sft", ".gguf", ".ggml", ".ckpt", ".pt", ".pth", ".pt2", ".bin", ".pkl", ".pickle", ".p", ".dill", ".joblib", ".npy", ".npz", ".onnx", ".h5", ".hdf5", ".keras", ".pb",
    };

    public static bool IsModel(string extension) => Models.Contains(extension);

    /// <summary>Whether programs that go by the extension expect this kind; an extension nobody knows allows all.</summary>
    public static bool Allow(string extension, Kind kind) => !Kinds.TryGetValue(extension, out var kinds) || kinds.Contains(kind);

    /// <summary>Whether programs that go by the extension would read it as that kind.</summary>
    public static bool Promise(string extension, Kind kind) => Kinds.TryGetValue(extension, out var kinds) && kinds.Contains(kind);

    /// <summary>The reader that loaders would take for the extension; null when it promises none.</summary>
    public static Kind? ReaderOf(string extension) => Kinds.TryGetValue(extension, out var kinds) && kinds[0] is Kind.Safetensors or Kind.Gguf or Kind.Npy or Kind.Hdf5 or Kind.Onnx ? kinds[0] : null;

    /// <summary>Holds the name against what the content was seen to be.</summary>
    public static void Check(ScanItem item, IReadOnlyList<Kind> seen, ScanState state)
    {
        var extension = item.Extension;
        if (!Kinds.TryGetValue(extension, out var promised))
        {
            return;
        }

        if (seen.Any(promised.Contains) || (seen.Any(Pictures.Contains) && promised.Any(Pictures.Contains))) return;
        if (seen.Any(Programs.Contains)) return; // said by the program's own rule, and worse
        if (seen is [Kind.Unknown] && !IsModel(extension)) return; // said by content-unknown
        if (IsModel(extension) && seen.Any(kind => kind is Kind.SevenZip or Kind.Rar or Kind.OtherArchive))
        {
            state.Report(CoreRules.DisguisedArchive, item, $"the name ends in {extension}, the content is {Word(seen[0])}", 0);
            return;
        }

        state.Report(CoreRules.NameMismatch, item, seen is [Kind.Empty] ? $"the name ends in {extension}, and there is no content" : $"the name ends in {extension}, the content is {Word(seen[0])}", 0);
    }

    public static string Word(Kind kind) => kind switch
    {
        Kind.Unknown => "of no known kind",
        Kind.TorchZip => "a PyTorch checkpoint",
        Kind.TorchLegacy => "a PyTorch checkpoint of the older kind",
        Kind.SevenZip => "a 7z archive",
        Kind.SavedModel => "a TensorFlow model",
        Kind.JavaClass => "a Java class",
        Kind.ShellLink => "a Windows shortcut",
        Kind.OtherArchive => "an archive",
        Kind.Zlib or Kind.Gzip or Kind.Bzip2 or Kind.Xz or Kind.Lzma or Kind.Zstandard or Kind.Lz4 => $"compressed ({kind.ToString().ToLowerInvariant()})",
        Kind.Elf or Kind.Pe or Kind.MachO or Kind.Html or Kind.Svg or Kind.Json or Kind.Yaml or Kind.Gguf or Kind.Onnx or Kind.Npy or Kind.Npz or Kind.Pdf or Kind.Png or Kind.Gif => $"{kind.ToString().ToUpperInvariant()}",
        _ => kind.ToString(),
    };
}
