using CivitaiDownloader.Sandbox.Content;

namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>Names that no path may hold and no terminal may print as they come.</summary>
internal static class HostileSamples
{
    public const string ModelName = "桜の風景 🌸 | \u202Eevil\u202C: \"quotes\" <b>bold</b> \u001b[31mred";
    public const string FileName = "../../桜🌸: CON?.safetensors";

    private static readonly string[] Reserved =
    [
        "CON.safetensors", "aux.safetensors", "nul", "COM1.tar.safetensors", "LPT¹.safetensors", "trailing.safetensors. ", " leading.safetensors", "sub/dir\\both.safetensors", "C:\\Windows\\x.safetensors",
        "\\\\server\\share\\x.safetensors", "a:stream.safetensors", "-rf.safetensors", "~.safetensors", "%2e%2e%2fpercent.safetensors", "two\nlines.safetensors", "same.safetensors", "SAME.safetensors", "e\u0301.safetensors",
        "\u00E9.safetensors", "שלום עולם.safetensors", "👩‍👩‍👧‍👦.safetensors", new string('長', 120) + ".safetensors", ".hidden.safetensors", "double.safetensors.exe",
    ];

    public static SampleModel Names(SampleModel model) => model with
    {
        Creator = "名無し/..",
        Versions = [model.Versions[0] with { Name = "..", TrainedWords = ["<lora:x:1>", "\u001b]0;title\u0007", "=cmd|' /C calc'!A0"] }],
    };

    public static SampleModel ReservedNames(SampleModel model) => model with { Creator = "aux.", Versions = [model.Versions[0] with { Name = "NUL " }] };

    public static IReadOnlyList<SampleFile> ReservedFiles(int modelId) =>
        [.. Reserved.Select((name, index) => new SampleFile { Id = (modelId * 100) + index, Name = name, Content = new MadeContent(() => ModelFiles.Safetensors(60 + index, 64)) })];
}
