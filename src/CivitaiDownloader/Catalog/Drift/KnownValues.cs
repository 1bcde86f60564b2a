using CivitaiDownloader.Catalog.Reading;

namespace CivitaiDownloader.Catalog.Drift;

/// <summary>The members Civitai's enumerations are known to have (civitai-api 2.1). Others are kept as they come; here they only count as new.</summary>
internal static class KnownValues
{
    public static readonly NameSet ModelType = new(
        "Checkpoint", "TextualInversion", "Hypernetwork", "AestheticGradient", "LORA", "LoCon", "DoRA", "Controlnet", "Upscaler", "MotionModule", "VAE", "TextEncoder", "UNet", "CLIPVision",
        "Poses", "Wildcards", "Workflows", "ComfyWorkflows", "Detection", "VisionLanguage", "CLIP", "LLM", "Other");

    public static readonly NameSet FileType = new(
        "Model", "Text Encoder", "Vision Encoder", "Pruned Model", "Negative", "Training Data", "VAE", "Config", "Archive", "UNet", "Diffusion Model", "CLIPVision", "ControlNet", "Workflow",
        "Upscaler", "Enhancement LoRA", "Other");

    public static readonly NameSet Format = new("SafeTensor", "PickleTensor", "GGUF", "Diffusers", "Core ML", "ONNX", "Other");

    public static readonly NameSet FileSize = new("full", "pruned");

    /// <summary>Free text since 2026: for sharing strings, not for counting.</summary>
    public static readonly NameSet Precision = new("fp32", "fp16", "bf16", "mxfp8", "fp8_mixed", "fp8_scaled", "fp8", "int8", "nf4", "nvfp4", "int4");

    public static readonly NameSet BaseModelType = new("Standard", "Inpainting", "Refiner", "Pix2Pix");

    public static readonly NameSet Mode = new("Archived", "TakenDown");

    public static readonly NameSet Availability = new("Public", "Unsearchable", "Private", "EarlyAccess");

    public static readonly NameSet Status = new("Draft", "Training", "Published", "Scheduled", "Unpublished", "UnpublishedViolation", "GatherInterest", "Deleted");

    public static readonly NameSet UploadType = new("Created", "Trained");

    public static readonly NameSet UsageControl = new("Download", "Generation", "InternalGeneration", "ExternalGeneration");

    public static readonly NameSet ScanResult = new("Pending", "Success", "Danger", "Error");

    public static readonly NameSet Media = new("image", "video", "audio");

    public static readonly NameSet BaseModel = new(
        "Anima", "AuraFlow", "Chroma", "CogVideoX", "Ernie", "Flux.1 S", "Flux.1 D", "Flux.1 Krea", "Flux.1 Kontext", "Flux.2 D", "Flux.2 Klein 9B", "Flux.2 Klein 9B-base", "Flux.2 Klein 4B",
        "Flux.2 Klein 4B-base", "Flux 3 Video", "Grok", "HappyHorse", "HiDream", "HiDream-O1", "Hunyuan 1", "Hunyuan Video", "Ideogram 4.0", "Boogu", "Illustrious", "Kolors", "Krea 2", "LTXV",
        "LTXV2", "LTXV 2.3", "Lens", "Lumina", "MageFlow", "MAI", "Mochi", "NoobAI", "Upscaler", "Other", "PixArt a", "PixArt E", "Pony", "Pony V7", "Qwen", "Qwen 2", "Qwen 3", "SD 1.4", "SD 1.5",
        "SD 1.5 LCM", "SD 1.5 Hyper", "SD 2.0", "SD 2.1", "SDXL 1.0", "SDXL Lightning", "SDXL Hyper", "Reve", "Wan Video 1.3B t2v", "Wan Video 14B t2v", "Wan Video 14B i2v 480p",
        "Wan Video 14B i2v 720p", "Wan Video 2.2 TI2V-5B", "Wan Video 2.2 I2V-A14B", "Wan Video 2.2 T2V-A14B", "Wan Video 2.5 T2V", "Wan Video 2.5 I2V", "Wan Image 2.7", "Wan Video 2.7",
        "ZImageTurbo", "ZImageBase", "MiniMax H3", "ACE Audio",
        // in data only, not to be chosen on the site
        "Imagen4", "Nano Banana", "ODOR", "OpenAI", "Playground v2", "Stable Cascade", "SD 2.0 768", "SD 2.1 768", "SD 2.1 Unclip", "SD 3", "SD 3.5", "SD 3.5 Large", "SD 3.5 Large Turbo",
        "SD 3.5 Medium", "SDXL 0.9", "SDXL 1.0 LCM", "SDXL Turbo", "SDXL Distilled", "Seedream", "SVD", "SVD XT", "Sora 2", "Veo 3", "Wan Video", "Vidu Q1", "Kling", "Seedance", "PolyGen", "Tripo",
        "Hunyuan3D");
}
