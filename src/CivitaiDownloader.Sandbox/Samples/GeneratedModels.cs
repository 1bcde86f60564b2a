using System.Globalization;
using CivitaiDownloader.Sandbox.Content;

namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>Models made from a seed: as mixed in type, script and fact as the site's own lists.</summary>
internal static class GeneratedModels
{
    private static readonly string[] Types =
    [
        "Checkpoint", "TextualInversion", "Hypernetwork", "AestheticGradient", "LORA", "LORA", "LORA", "LORA", "LoCon", "DoRA", "Controlnet", "Upscaler", "MotionModule", "VAE", "TextEncoder",
        "UNet", "CLIPVision", "Poses", "Wildcards", "Workflows", "Detection", "LLM", "Other",
    ];

    private static readonly string[] BaseModels =
        ["SD 1.5", "SDXL 1.0", "Pony", "Illustrious", "NoobAI", "Flux.1 D", "Flux.1 S", "Flux.2 D", "Qwen", "Wan Video 14B t2v", "ZImageTurbo", "Chroma", "SD 3.5 Large", "Other"];

    private static readonly string[] Creators =
        ["ana_m", "borealis", "handyman", "node_smith", "007", "12345678", "夜明け", "Ünïcode", "CON", "paintbrush.", "x", "very_long_creator_name_that_goes_on_and_on_and_on_for_ever"];

    private static readonly string[] First =
        ["Neon", "Quiet", "Velvet", "Rusted", "Crystal", "Paper", "Solar", "Ancient", "Pastel", "Midnight", "水彩", "네온", "Зимний", "غروب", "🌊", "Åland", "Ŧurbo", "Baroque", "Pixel", "Analog"];

    private static readonly string[] Second =
        ["Portraits", "Cityscape", "Armor", "Film Grain", "Botanicals", "Robots", "Ceramics", "風景", "캐릭터", "Лес", "🦊 Foxes", "Dragons", "Interiors", "Typography", "Clouds", "Aux", "NUL", "Mecha", "Portrait: Side/Front", "Lighting."];

    private static readonly string[] Tags = ["style", "character", "concept", "photorealistic", "anime", "landscape", "tool", "clothing", "poses", "background"];

    public static IEnumerable<SampleModel> All(int seed, int count, DateTimeOffset now)
    {
        for (var i = 0; i < count; i++) yield return GeneratedOddities.Apply(new Random(HashCode(seed + 7919, i)), One(new Random(HashCode(seed, i)), SampleIds.FirstGenerated + i), now);
    }

    private static SampleModel One(Random random, int id)
    {
        var type = Pick(random, Types);
        var versions = Enumerable.Range(0, 1 + (random.Next(4) == 0 ? random.Next(4) : 0)).Select(index => Version(random, type, (id * 10) + index, index)).ToArray();
        return new()
        {
            Id = id,
            Name = $"{Pick(random, First)} {Pick(random, Second)}" + (random.Next(3) == 0 ? " " + id.ToString(CultureInfo.InvariantCulture) : ""),
            Type = type,
            Creator = random.Next(25) == 0 ? null : Pick(random, Creators),
            Description = random.Next(10) == 0 ? null : "<p>Made for <em>testing</em>.</p>",
            Tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Pick(random, Tags)).Distinct()],
            Nsfw = random.Next(12) == 0,
            NsfwLevel = random.Next(5) switch { 0 => 7, 1 => 3, _ => 1 },
            CommercialUse = (CommercialUseForm)random.Next(4),
            Downloads = random.Next(20) == 0 ? null : random.Next(200_000),
            ThumbsUp = random.Next(9_000),
            Comments = random.Next(300),
            Versions = versions,
        };
    }

    private static SampleVersion Version(Random random, string type, int id, int index) => new()
    {
        Id = id,
        Name = random.Next(6) == 0 ? "v" + (9 - index).ToString(CultureInfo.InvariantCulture) + ".0 | final" : "v" + (9 - index).ToString(CultureInfo.InvariantCulture),
        BaseModel = Pick(random, BaseModels),
        BaseModelType = id % 3 == 0 ? null : "Standard",
        PublishedAt = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(1_300_000)).AddDays(-index),
        Description = random.Next(3) == 0 ? "<p>Notes.</p>" : null,
        TrainedWords = random.Next(2) == 0 ? [] : ["trigger" + id.ToString(CultureInfo.InvariantCulture)],
        Files = [File(random, type, id * 10)],
        Images = random.Next(4),
    };

    private static SampleFile File(Random random, string type, int id)
    {
        var seed = random.Next();
        var name = "sample_" + id.ToString(CultureInfo.InvariantCulture);
        return (type, random.Next(10)) switch
        {
            ("Workflows" or "Poses" or "Wildcards", _) => new() { Id = id, Name = name + ".zip", Type = "Archive", Format = "Other", Content = new MadeContent(() => ModelFiles.WorkflowZip(seed)) },
            ("LLM", _) => new() { Id = id, Name = name + ".gguf", Format = "GGUF", QuantType = "Q8_0", Content = new MadeContent(() => ModelFiles.Gguf(seed)) },
            ("TextualInversion", < 4) => new() { Id = id, Name = name + ".pt", Format = "PickleTensor", Content = new MadeContent(() => ModelFiles.TorchEmbedding(seed)) },
            ("Hypernetwork" or "AestheticGradient" or "Upscaler", _) or (_, 0) => new() { Id = id, Name = name + ".pt", Format = "PickleTensor", Content = new MadeContent(() => ModelFiles.TorchZip(seed, "weight")) },
            _ => new() { Id = id, Name = name + ".safetensors", Precision = "fp16", Size = "full", Content = new MadeContent(() => ModelFiles.Safetensors(seed, 512 + (seed % 4096))) },
        };
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    // System.HashCode differs from run to run.
    private static int HashCode(int seed, int index) => unchecked((seed * 397) ^ (index * 16777619)) & int.MaxValue;
}
