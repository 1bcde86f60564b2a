using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Which file of a version the site calls primary (civitai-api 6.1).</summary>
internal static class PrimaryFile
{
    private static readonly FilePreference Site = new() { Format = "SafeTensor", Size = "pruned", Precision = "fp16", QuantType = "Q4_K_M" };

    public static SampleFile Of(IReadOnlyList<SampleFile> files) => Of(files, Site);

    public static SampleFile Of(IReadOnlyList<SampleFile> files, FilePreference preference) => files.OrderByDescending(file => Score(file, preference)).First(); // stable: the first on ties

    private static double Score(SampleFile file, FilePreference preference) =>
        1000 + Weigh(file.Format, preference.Format, 100) + Weigh(file.Size, preference.Size, 10) + Weigh(file.Precision, preference.Precision, 1) + Weigh(file.QuantType, preference.QuantType, 0.5)
        + (file.Type is "Model" or "Pruned Model" or "Diffusion Model" or "UNet" ? 1000 : 0);

    private static double Weigh(string? has, string wanted, double weight) => has is null ? 0 : has == wanted ? weight : -weight;
}

internal sealed record FilePreference
{
    public required string Format { get; init; }
    public required string Size { get; init; }
    public required string Precision { get; init; }
    public required string QuantType { get; init; }
}
