namespace CivitaiDownloader.Scanning.Content;

/// <summary>What bytes are, by their content.</summary>
public enum ContentKind
{
    Unknown,
    Empty,

    // Models
    Safetensors,
    Gguf,
    Pickle,
    TorchZip,
    TorchLegacy,
    Npy,
    Npz,
    Onnx,
    Hdf5,
    KerasZip,
    SavedModel,

    // Archives and compressed streams
    Zip,
    SevenZip,
    Rar,
    Tar,
    Gzip,
    Bzip2,
    Xz,
    Lzma,
    Zlib,
    Zstandard,
    Lz4,
    OtherArchive,

    // Programs
    Elf,
    Pe,
    MachO,
    JavaClass,
    Dex,
    WebAssembly,
    ShellLink,
    Ole,
    OfficeDocument,

    // Texts
    Script,
    Html,
    Svg,
    Json,
    Yaml,
    Text,

    // Media
    Png,
    Jpeg,
    Gif,
    WebP,
    Iso,
    Matroska,
    Riff,
    Mp3,
    Pdf,
    EicarTest,
}
