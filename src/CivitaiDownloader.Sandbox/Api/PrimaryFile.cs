using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Which file of a version the site calls primary (civitai-api 6.1).</summary>
internal static class PrimaryFile
{
    public static SampleFile Of(IReadOnlyList<SampleFile> files, string? format = null, string? size = null, string? precision = null) =>
        files.OrderByDescending(file => Score(file, format ?? "SafeTensor", size ?? "pruned", precision ?? "fp16")).First();

    private static double Score(SampleFile file, string format, string size, string precision) =>
        1000 + Weigh(file.Format, format, 100) + Weigh(file.Size, size, 10) + Weigh(file.Precision, precision, 1)
        + (file.Type is "Model" or "Pruned Model" or "Diffusion Model" or "UNet" ? 1000 : 0);

    private static double Weigh(string? has, string wanted, double weight) => has is null ? 0 : has == wanted ? weight : -weight;
}
