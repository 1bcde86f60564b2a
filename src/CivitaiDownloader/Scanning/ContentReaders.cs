using CivitaiDownloader.Scanning.Archives;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Gguf;
using CivitaiDownloader.Scanning.Keras;
using CivitaiDownloader.Scanning.Media;
using CivitaiDownloader.Scanning.Numpy;
using CivitaiDownloader.Scanning.Onnx;
using CivitaiDownloader.Scanning.Pickles;
using CivitaiDownloader.Scanning.Programs;
using CivitaiDownloader.Scanning.Safetensors;
using CivitaiDownloader.Scanning.TensorFlow;
using CivitaiDownloader.Scanning.Texts;

namespace CivitaiDownloader.Scanning;

/// <summary>Which reader reads which kind of content. A new format is a line here, its mark in <see cref="ContentMarks"/>, and its rules in <see cref="Rules.KnownRules"/>.</summary>
internal static class ContentReaders
{
    private static readonly Dictionary<ContentKind, IContentReader> Readers = new()
    {
        [ContentKind.Safetensors] = new SafetensorsReader(),
        [ContentKind.Gguf] = new GgufReader(),
        [ContentKind.Pickle] = new PickleReader(),
        [ContentKind.Npy] = new NpyReader(),
        [ContentKind.Onnx] = new OnnxReader(),
        [ContentKind.Hdf5] = new Hdf5Reader(),
        [ContentKind.SavedModel] = new SavedModelReader(),
        [ContentKind.Zip] = new ZipReader(),
        [ContentKind.SevenZip] = new SevenZipReader(),
        [ContentKind.Rar] = new RarReader(),
        [ContentKind.Tar] = new TarReader(),
        [ContentKind.Gzip] = new CompressedReader(ContentKind.Gzip),
        [ContentKind.Bzip2] = new CompressedReader(ContentKind.Bzip2),
        [ContentKind.Xz] = new CompressedReader(ContentKind.Xz),
        [ContentKind.Lzma] = new CompressedReader(ContentKind.Lzma),
        [ContentKind.Zlib] = new CompressedReader(ContentKind.Zlib),
        [ContentKind.Zstandard] = new CompressedReader(ContentKind.Zstandard),
        [ContentKind.Lz4] = new CompressedReader(ContentKind.Lz4),
        [ContentKind.OtherArchive] = new OtherArchiveReader(),
        [ContentKind.Elf] = new ProgramReader(ContentKind.Elf),
        [ContentKind.Pe] = new ProgramReader(ContentKind.Pe),
        [ContentKind.MachO] = new ProgramReader(ContentKind.MachO),
        [ContentKind.JavaClass] = new ProgramReader(ContentKind.JavaClass),
        [ContentKind.Dex] = new ProgramReader(ContentKind.Dex),
        [ContentKind.WebAssembly] = new ProgramReader(ContentKind.WebAssembly),
        [ContentKind.ShellLink] = new ProgramReader(ContentKind.ShellLink),
        [ContentKind.EicarTest] = new ProgramReader(ContentKind.EicarTest),
        [ContentKind.Ole] = new OleReader(),
        [ContentKind.Script] = new ScriptReader(),
        [ContentKind.Html] = new HtmlReader(),
        [ContentKind.Svg] = new HtmlReader(),
        [ContentKind.Json] = new JsonReader(),
        [ContentKind.Yaml] = new YamlReader(),
        [ContentKind.Text] = new PlainTextReader(),
        [ContentKind.Png] = new PngReader(),
        [ContentKind.Jpeg] = new JpegReader(),
        [ContentKind.Gif] = new GifReader(),
        [ContentKind.WebP] = new RiffReader(),
        [ContentKind.Riff] = new RiffReader(),
        [ContentKind.Iso] = new IsoReader(),
        [ContentKind.Matroska] = new MatroskaReader(),
        [ContentKind.Mp3] = new Mp3Reader(),
        [ContentKind.Pdf] = new PdfReader(),
    };

    public static IContentReader Of(ContentKind kind) => Readers[kind];
}
