namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Names as the site spells them, as of August 2026 (civitai-api 2.1). It adds some without notice: <see cref="Enumerations.EnumerationReader"/> asks for today's.</summary>
public static class KnownNames
{
    public static IReadOnlyList<string> Types { get; } =
    [
        "Checkpoint", "TextualInversion", "Hypernetwork", "AestheticGradient", "LORA", "LoCon", "DoRA", "Controlnet", "Upscaler", "MotionModule", "VAE", "TextEncoder", "UNet", "CLIPVision",
        "Poses", "Wildcards", "Workflows", "ComfyWorkflows", "Detection", "VisionLanguage", "CLIP", "LLM", "Other",
    ];

    public static IReadOnlyList<string> BaseModels { get; } =
    [
        "Anima", "AuraFlow", "Chroma", "CogVideoX", "Ernie", "Flux.1 S", "Flux.1 D", "Flux.1 Krea", "Flux.1 Kontext", "Flux.2 D", "Flux.2 Klein 9B", "Flux.2 Klein 9B-base", "Flux.2 Klein 4B",
        "Flux.2 Klein 4B-base", "Flux 3 Video", "Grok", "HappyHorse", "HiDream", "HiDream-O1", "Hunyuan 1", "Hunyuan Video", "Ideogram 4.0", "Boogu", "Illustrious", "Kolors", "Krea 2", "LTXV",
        "LTXV2", "LTXV 2.3", "Lens", "Lumina", "MageFlow", "MAI", "Mochi", "NoobAI", "Upscaler", "Other", "PixArt a", "PixArt E", "Pony", "Pony V7", "Qwen", "Qwen 2", "Qwen 3", "SD 1.4", "SD 1.5",
        "SD 1.5 LCM", "SD 1.5 Hyper", "SD 2.0", "SD 2.1", "SDXL 1.0", "SDXL Lightning", "SDXL Hyper", "Reve", "Wan Video 1.3B t2v", "Wan Video 14B t2v", "Wan Video 14B i2v 480p",
        "Wan Video 14B i2v 720p", "Wan Video 2.2 TI2V-5B", "Wan Video 2.2 I2V-A14B", "Wan Video 2.2 T2V-A14B", "Wan Video 2.5 T2V", "Wan Video 2.5 I2V", "Wan Image 2.7", "Wan Video 2.7",
        "ZImageTurbo", "ZImageBase", "MiniMax H3", "ACE Audio",
        // in data only, not to be chosen on the site
        "Imagen4", "Nano Banana", "ODOR", "OpenAI", "Playground v2", "Stable Cascade", "SD 2.0 768", "SD 2.1 768", "SD 2.1 Unclip", "SD 3", "SD 3.5", "SD 3.5 Large", "SD 3.5 Large Turbo",
        "SD 3.5 Medium", "SDXL 0.9", "SDXL 1.0 LCM", "SDXL Turbo", "SDXL Distilled", "Seedream", "SVD", "SVD XT", "Sora 2", "Veo 3", "Wan Video", "Vidu Q1", "Kling", "Seedance", "PolyGen", "Tripo",
        "Hunyuan3D",
    ];

    public static IReadOnlyList<string> FileFormats { get; } = ["SafeTensor", "PickleTensor", "GGUF", "Diffusers", "Core ML", "ONNX", "Other"];

    public static IReadOnlyList<string> CommercialUses { get; } = ["None", "Image", "RentCivit", "Rent", "Sell"];

    public static IReadOnlyList<string> Sorts { get; } = ["Highest Rated", "Most Downloaded", "Most Liked", "Most Discussed", "Most Collected", "Most Images", "Newest", "Oldest"];

    public static IReadOnlyList<string> Periods { get; } = ["Day", "Week", "Month", "Year", "AllTime"];

    /// <summary>Tags that the site shows as categories.</summary>
    public static IReadOnlyList<string> Categories { get; } =
    [
        "character", "style", "concept", "background", "poses", "vehicle", "clothing", "action", "animal", "assets", "base model", "buildings", "celebrity", "objects", "tool",
    ];
}
