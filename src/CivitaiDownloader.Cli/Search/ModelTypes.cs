namespace CivitaiDownloader.Cli.Search;

/// <summary>Civitai's names of types are particular about case; people are not. One that is not known is passed on as typed.</summary>
internal static class ModelTypes
{
    public static readonly string[] Known =
    [
        "Checkpoint", "TextualInversion", "Hypernetwork", "AestheticGradient", "LORA", "LoCon", "DoRA", "Controlnet", "Upscaler", "MotionModule", "VAE", "TextEncoder", "UNet", "CLIPVision",
        "Poses", "Wildcards", "Workflows", "ComfyWorkflows", "Detection", "VisionLanguage", "CLIP", "LLM", "Other",
    ];

    /// <summary>Also takes a list in one word: <c>LORA,LoCon</c>.</summary>
    public static IReadOnlyList<string> Spell(IEnumerable<string> types) =>
        [.. types.SelectMany(type => type.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(type => Known.FirstOrDefault(known => known.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type)];
}
