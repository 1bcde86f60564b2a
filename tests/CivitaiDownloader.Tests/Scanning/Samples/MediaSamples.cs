using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class MediaSamples
{
    private static readonly byte[] Program = ProgramSamples.Windows(library: false);

    // A pickle that only counts: it imports a harmless name.
    private static readonly byte[] Pickle = [0x80, 2, .. "ccollections\nOrderedDict\nq\0)Rq\u0001."u8];

    public static IEnumerable<Sample> All => [.. Harmless, .. HiddenFiles, .. HiddenData, .. Broken, .. Documents];

    private static IEnumerable<Sample> Harmless =>
    [
        new(null, "preview.png", MediaFiles.Png()),
        new(null, "preview.png", MediaFiles.Png(("tEXt", Encoding.Latin1.GetBytes("parameters\0a cat, <lora:cat:1>\nSteps: 20")), ("zzZz", new byte[5]))),
        new(null, "preview.png", [.. MediaFiles.Png(), .. new byte[512]]),
        new(null, "preview.jpg", MediaFiles.Jpeg),
        new(null, "two.jpg", [.. MediaFiles.Jpeg, .. MediaFiles.Jpeg]),
        new(null, "with-film.jpg", [.. MediaFiles.Jpeg, .. MediaFiles.Mp4]),
        new(null, "named-wrongly.png", MediaFiles.Jpeg),
        new(null, "preview.gif", MediaFiles.Gif),
        new(null, "no-trailer.gif", MediaFiles.Gif[..^1]),
        new(null, "preview.webp", MediaFiles.WebP),
        new(null, "preview.wav", MediaFiles.Wav),
        new(null, "preview.mp4", MediaFiles.Mp4),
        new(null, "preview.avif", MediaFiles.Avif),
        new(null, "preview.webm", MediaFiles.WebM),
        new(null, "live.webm", MediaFiles.OpenWebM),
        new(null, "preview.mp3", MediaFiles.Mp3),
        new(null, "labelled.mp3", MediaFiles.LabelledMp3),
        new(null, "paper.pdf", MediaFiles.Pdf()),
        new(null, "packed.pdf", MediaFiles.PackedPdf("1 0 << /Type /Catalog >>")),
    ];

    private static IEnumerable<Sample> HiddenFiles =>
    [
        new("hidden-file", "preview.png", [.. MediaFiles.Png(), .. Program]),
        new("hidden-file", "garbage-first.png", [.. MediaFiles.Png(), 1, 2, 3, .. Program]),
        new("hidden-file", "preview.jpg", [.. MediaFiles.Jpeg, .. Pickle]),
        new("hidden-file", "garbage-first.jpg", [.. MediaFiles.Jpeg, 1, 2, 3, .. Pickle, 4]),
        new("hidden-file", "film-and-more.jpg", [.. MediaFiles.Jpeg, .. MediaFiles.Mp4, .. Program]),
        new("hidden-file", "preview.gif", [.. MediaFiles.Gif, .. "#!/bin/sh\necho hello\n"u8]),
        new("hidden-file", "preview.webp", [.. MediaFiles.WebP, .. ProgramSamples.Eicar("")]),
        new("hidden-file", "preview.wav", [.. MediaFiles.Wav, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4, .. new byte[24]]),
        new("hidden-file", "preview.mp4", [.. MediaFiles.Mp4, .. ProgramSamples.Elf(type: 2, machine: 62)]),
        new("hidden-file", "preview.webm", [.. MediaFiles.WebM, .. ProgramSamples.Elf(type: 2, machine: 62)]),
        new("hidden-file", "preview.mp3", [.. MediaFiles.LabelledMp3, 1, 2, 3, .. Program]),
        new("hidden-file", "paper.pdf", [.. MediaFiles.Pdf(), .. Program]),
        new("hidden-file", "chunk.png", MediaFiles.Png(("zzZz", Program))),
    ];

    private static IEnumerable<Sample> HiddenData =>
    [
        new("hidden-data", "preview.png", [.. MediaFiles.Png(), .. "hello"u8]),
        new("hidden-data", "zeros.png", [.. MediaFiles.Png(), .. new byte[70_000]]),
        new("hidden-data", "preview.jpg", [.. MediaFiles.Jpeg, 1, 2, 3]),
        new("hidden-data", "preview.gif", [.. MediaFiles.Gif, 1, 2, 3]),
        new("hidden-data", "preview.webp", [.. MediaFiles.WebP, 1, 2, 3]),
        new("hidden-data", "preview.mp4", [.. MediaFiles.Mp4, .. "hello there"u8]),
        new("hidden-data", "preview.webm", [.. MediaFiles.WebM, 1, 2, 3]),
        new("hidden-data", "preview.mp3", [.. MediaFiles.Mp3, .. "hello"u8]),
        new("hidden-data", "paper.pdf", [.. MediaFiles.Pdf(), .. "hello"u8]),
    ];

    private static IEnumerable<Sample> Broken =>
    [
        new("unreadable", "cut.png", MediaFiles.Png()[..^6]),
        new("unreadable", "checksum.png", Changed(MediaFiles.Png(), 20)),
        new("unreadable", "cut.jpg", MediaFiles.Jpeg[..^2]),
        new("unreadable", "cut.gif", MediaFiles.Gif[..^3]),
        new("unreadable", "cut.webp", MediaFiles.WebP[..^3]),
        new("unreadable", "cut.mp4", MediaFiles.Mp4[..^1]),
        new("unreadable", "cut.webm", MediaFiles.WebM[..^3]),
        new("unreadable", "silent.mp3", [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 20, .. new byte[40]]),
        new("unreadable", "cut.pdf", MediaFiles.Pdf()[..^8]),
    ];

    private static IEnumerable<Sample> Documents =>
    [
        new("pdf-active", "paper.pdf", MediaFiles.Pdf("/OpenAction << /S /JavaScript /JS (console.println\\('hello'\\)) >>")),
        new("pdf-active", "escaped.pdf", MediaFiles.Pdf("/OpenAction << /S /J#61va#53cript /JS (hello) >>")),
        new("pdf-active", "launch.pdf", MediaFiles.Pdf("/OpenAction << /S /Launch /F (hello) >>")),
        new("pdf-active", "packed.pdf", MediaFiles.PackedPdf("1 0 << /S /JavaScript /JS (hello) >>")),
        new("pdf-active", "hidden.pdf", MediaFiles.Pdf("/X /Obj#53tm")),
    ];

    private static byte[] Changed(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }
}
