using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Writes a version as <c>/model-versions/:id</c> and the look-ups by hash do (civitai-api 5).</summary>
internal sealed class VersionJson(Utf8JsonWriter json, JsonForm form, Origins origins)
{
    public void Write(SampleModel model, SampleVersion version)
    {
        json.WriteStartObject();
        json.WriteNumber("id", version.Id);
        json.WriteNumber("modelId", model.Id);
        json.WriteString("name", version.Name);
        json.WriteNumber("nsfwLevel", model.NsfwLevel);
        json.Instant("createdAt", version.PublishedAt.AddHours(-3));
        json.Instant("updatedAt", version.PublishedAt.AddHours(1));
        json.WriteString("status", "Published");
        json.Instant("publishedAt", version.PublishedAt);
        json.Texts("trainedWords", version.TrainedWords);
        json.WriteNull("trainingStatus");
        json.WriteNull("trainingDetails");
        json.WriteString("baseModel", version.BaseModel);
        json.WriteString("baseModelType", version.BaseModelType);
        json.WriteString("description", version.Description);
        json.WriteString("uploadType", model.IsFromPlatform ? "Trained" : "Created");
        json.WriteString("usageControl", version.Access == SampleAccess.DownloadsDisabled ? "Generation" : "Download");
        json.WriteNull("licensingFee");
        PaidAccess(json, version, form);
        json.WriteString("air", Air(model, version));
        json.WriteStartObject("stats");
        json.Count("downloadCount", model.Downloads);
        json.Count("thumbsUpCount", model.ThumbsUp);
        json.WriteEndObject();
        Model(model);
        new FileJson(json, form, origins).Write(model, version, FilesShown.All);
        new ImageJson(json, form, origins).Write(model, version);
        json.WriteEndObject();
    }

    /// <summary>Null when free.</summary>
    public static void PaidAccess(Utf8JsonWriter json, SampleVersion version, JsonForm form)
    {
        if (version.Access != SampleAccess.EarlyAccess)
        {
            json.Optional("paidAccess", null, form);
            return;
        }

        json.WriteStartObject("paidAccess");
        json.WriteBoolean("permanent", false);
        json.WriteString("endsAt", version.EndsAt is { } end ? JsonPieces.Text(end) : null);
        json.WriteEndObject();
    }

    public static string Air(SampleModel model, SampleVersion version) => $"urn:air:{Ecosystem(version.BaseModel)}:{AirType(model, version)}:civitai:{model.Id}@{version.Id}";

    private void Model(SampleModel model)
    {
        json.WriteStartObject("model");
        json.WriteString("name", model.Name);
        json.WriteString("type", model.Type);
        json.WriteBoolean("nsfw", model.Nsfw);
        json.WriteBoolean("poi", model.IsRealPerson);
        if (model.Mode is not null) json.WriteString("mode", model.Mode);
        json.WriteEndObject();
    }

    private static string Ecosystem(string baseModel) => baseModel switch
    {
        "SD 1.5" => "sd1",
        "SDXL 1.0" or "Pony" or "Illustrious" or "NoobAI" => "sdxl",
        ['F', 'l', 'u', 'x', '.', '1', ..] => "flux1",
        _ => new string([.. baseModel.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant(),
    };

    // What the primary file is comes before what the model calls itself (civitai-api 2.6).
    private static string AirType(SampleModel model, SampleVersion version) => version.Current.Count > 0 && PrimaryFile.Of(version.Current).Type is ("Diffusion Model" or "UNet") and var part
        ? part == "UNet" ? "unet" : "diffusionmodel"
        : AirType(model.Type);

    private static string AirType(string type) => type switch
    {
        "Checkpoint" => "checkpoint", "LORA" => "lora", "LoCon" => "lycoris", "DoRA" => "dora", "TextualInversion" => "embedding", "Hypernetwork" => "hypernet", "AestheticGradient" => "ag",
        "MotionModule" => "motion", "VAE" => "vae", "Upscaler" => "upscaler", "Controlnet" => "controlnet", "TextEncoder" => "text_encoders", "UNet" => "unet", "CLIPVision" => "clipvision",
        "CLIP" => "clip", "VisionLanguage" => "visionlanguage", _ => "unknown",
    };
}
