using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>What kinds of content are called: a stable name for programs, words for people.</summary>
public static class ContentName
{
    /// <summary>In kebab-case, never changed: <c>torch-zip</c>.</summary>
    public static string Code(ContentKind kind) => kind switch
    {
        ContentKind.SevenZip => "7z",
        ContentKind.WebP => "webp",
        ContentKind.WebAssembly => "wasm",
        ContentKind.MachO => "mach-o",
        _ => FaultName.ToCode(kind.ToString()),
    };

    /// <summary>As a label, without an article.</summary>
    public static string Words(ContentKind kind) => kind switch
    {
        ContentKind.Unknown => "unknown content",
        ContentKind.Empty => "empty",
        ContentKind.Safetensors => "safetensors",
        ContentKind.Pickle => "pickle",
        ContentKind.TorchZip => "PyTorch checkpoint",
        ContentKind.TorchLegacy => "PyTorch checkpoint, older kind",
        ContentKind.Npy or ContentKind.Npz => $"NumPy array ({kind.ToString().ToLowerInvariant()})",
        ContentKind.KerasZip => "Keras model",
        ContentKind.SavedModel => "TensorFlow SavedModel",
        ContentKind.SevenZip => "7z archive",
        ContentKind.Zip or ContentKind.Rar or ContentKind.Tar => $"{kind.ToString().ToLowerInvariant()} archive",
        ContentKind.Gzip or ContentKind.Bzip2 or ContentKind.Xz or ContentKind.Lzma or ContentKind.Zlib or ContentKind.Zstandard or ContentKind.Lz4 => $"compressed ({kind.ToString().ToLowerInvariant()})",
        ContentKind.OtherArchive => "archive",
        ContentKind.Elf => "Linux program",
        ContentKind.Pe => "Windows program",
        ContentKind.MachO => "macOS program",
        ContentKind.JavaClass => "Java class",
        ContentKind.Dex => "Android program",
        ContentKind.ShellLink => "Windows shortcut",
        ContentKind.Ole => "OLE document",
        ContentKind.OfficeDocument => "Office document",
        ContentKind.Script => "script",
        ContentKind.Text => "text",
        ContentKind.Jpeg or ContentKind.WebP or ContentKind.WebAssembly or ContentKind.Matroska => kind.ToString(),
        ContentKind.Iso => "MP4 family",
        ContentKind.EicarTest => "EICAR test file",
        _ => kind.ToString().ToUpperInvariant(),
    };
}
