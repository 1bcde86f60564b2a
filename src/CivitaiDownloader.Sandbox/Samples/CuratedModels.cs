using CivitaiDownloader.Sandbox.Content;

namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>One model for every way a download can go.</summary>
internal static class CuratedModels
{
    private static readonly DateTimeOffset Published = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    // Of the generated contents below; a test computes the shorter ones again, ./test --soak all.
    private static readonly SampleHashes LargeHashes = new("83093F4FF95D9EB9CF7B96F2A8CFB7714BB18D6493D8B7035958348A96D2AA04", null, null, null, null);
    private static readonly SampleHashes MediumHashes = new("ACB332A251AB152A56F5DDD1806A6554871C596C1210708C9D6389A4F6492881", "CD6AA48A", "D4245FEDBD7BF9AD9CA4337BEFA340141DF847B7BB255033AD1E40CB7090A779", "5AC8E357", null);
    private static readonly SampleHashes HugeHashes = new("EA6D5552C22B6CE7A47E02B5F973001CB0F35A0B416A2487D4099D330E89C836", null, null, null, null);
    private static readonly SampleHashes ImmenseHashes = new("BE2088A552D8F9E8BCC53BA773F1A026E6C1FCDD3256083D425038B5903E82FE", null, null, null, null);

    public static IEnumerable<SampleModel> All(DateTimeOffset now) =>
    [
        Model(SampleIds.Plain, "Ink Wash Landscapes", "LORA", [File(SampleIds.Plain, "inkwash_v1.safetensors", Safetensors(1))]) with
        {
            Creator = "ana_m", Tags = ["style", "ink", "landscape"], Downloads = 15402, ThumbsUp = 2210,
            Description = "<p>Washes of <strong>ink</strong> on rice paper.</p><script>alert('never')</script>",
        },
        Model(SampleIds.ManyFiles, "Northern Light XL", "Checkpoint", ManyFiles()) with { Creator = "borealis", Tags = ["base model", "photorealistic"], Downloads = 90211, ThumbsUp = 8120 },
        Model(SampleIds.Gguf, "Tiny Prompt Writer", "LLM",
            [File(SampleIds.Gguf, "tiny-prompt-writer.Q4_K_M.gguf", new MadeContent(() => ModelFiles.Gguf(3))) with { Format = "GGUF", QuantType = "Q4_K_M" }]) with { Creator = "ana_m" },
        Model(SampleIds.Embedding, "Better Hands", "TextualInversion",
        [
            File(SampleIds.Embedding, "better-hands.pt", new MadeContent(() => ModelFiles.TorchEmbedding(4))) with { Format = "PickleTensor" },
            File(SampleIds.Embedding, "better-hands.safetensors", Safetensors(5, 768)) with { Id = (SampleIds.Embedding * 100) + 1 },
        ]) with { Creator = "handyman", CommercialUse = CommercialUseForm.SetText },
        Model(SampleIds.Workflow, "Upscale And Repair", "Workflows",
            [File(SampleIds.Workflow, "upscale-and-repair.zip", new MadeContent(() => ModelFiles.WorkflowZip(6))) with { Type = "Archive", Format = "Other" }]) with { Creator = "node_smith" },
        Model(SampleIds.WrongBytes, "Tampered Portraits", "LORA",
            [File(SampleIds.WrongBytes, "portraits.safetensors", Safetensors(7)) with { Announced = Safetensors(8) }]) with { Creator = "mallory" },
        Access(SampleIds.EarlyAccess, "Cinematic Haze", SampleAccess.EarlyAccess, now.AddDays(9)),
        Access(SampleIds.PaidAccess, "Studio Only Lighting", SampleAccess.EarlyAccess, null),
        Access(SampleIds.LoginRequired, "Members Sketchbook", SampleAccess.LoginRequired, null),
        Access(SampleIds.DownloadsDisabled, "On Site Only", SampleAccess.DownloadsDisabled, null),
        Access(SampleIds.Archived, "Old Faithful", SampleAccess.Free, null) with { Mode = "Archived" },
        Access(SampleIds.Gone, "Vanishing Act", SampleAccess.FileGone, null),
        Access(SampleIds.Private, "Private Collection", SampleAccess.NoGrant, null),
        Access(SampleIds.PageForFile, "Page Instead", SampleAccess.Free, null),
        Access(SampleIds.WrongLength, "Short Measure", SampleAccess.Free, null),
        Model(SampleIds.NoHash, "Before Hashes", "LORA", [File(SampleIds.NoHash, "before-hashes.safetensors", Safetensors(9)) with { HasHashes = false }]) with { Creator = "old_timer", CommercialUse = CommercialUseForm.SingleText },
        HostileSamples.Names(Model(SampleIds.HostileNames, HostileSamples.ModelName, "LORA", [File(SampleIds.HostileNames, HostileSamples.FileName, Safetensors(30))])),
        Sized(SampleIds.Huge, "Colossus 20 GiB", new GeneratedContent(SampleIds.Huge, 20L << 30, HugeHashes)),
        Sized(SampleIds.Large, "Giant 1 GiB", new GeneratedContent(SampleIds.Large, 1L << 30, LargeHashes)),
        Sized(SampleIds.Medium, "Middleweight 64 MiB", new GeneratedContent(SampleIds.Medium, 64L << 20, MediumHashes)),
        Oddities(),
        Access(SampleIds.Unrated, "Not Rated Yet", SampleAccess.Free, null) with { NsfwLevel = 0 },
        Model(SampleIds.NoSha256, "Half Hashed", "LORA", [File(SampleIds.NoSha256, "half-hashed.safetensors", Safetensors(10)) with { HasSha256 = false }]) with { Creator = "old_timer" },
        HostileSamples.ReservedNames(Model(SampleIds.ReservedNames, "CON", "LORA", HostileSamples.ReservedFiles(SampleIds.ReservedNames))),
        Access(SampleIds.FormerEarlyAccess, "Once Exclusive", SampleAccess.EarlyAccess, now.AddDays(-1)),
        ManyVersions(),
        Access(SampleIds.TakenDown, "Taken Down", SampleAccess.Free, null) with { Mode = "TakenDown" },
        .. QuirkyModels.All(Published, linkedVae: new(SampleIds.ManyFiles * 10, ManyFiles().Single(file => file.Type == "VAE"))),
        Sized(SampleIds.Immense, "Leviathan 100 GiB", new SparseContent(SampleIds.Immense, 100L << 30, ImmenseHashes)),
        Access(SampleIds.SharedNumber, "First Of The Number", SampleAccess.Free, null),
        NumberTaker(),
    ];

    private static SampleModel Model(int id, string name, string type, IReadOnlyList<SampleFile> files) => new()
    {
        Id = id, Name = name, Type = type, Tags = ["sample"], ThumbsUp = id % 97, Downloads = id % 1013, Comments = id % 11,
        Versions =
        [
            new()
            {
                Id = id * 10, Name = "v1.0", BaseModel = type == "LLM" ? "Other" : "SDXL 1.0", BaseModelType = type == "LLM" ? null : "Standard", PublishedAt = Published.AddHours(id - 4200), Files = files,
                TrainedWords = type is "LORA" or "TextualInversion" ? ["sample style", "trigger, with comma "] : [],
            },
        ],
    };

    private static SampleModel Access(int id, string name, SampleAccess access, DateTimeOffset? endsAt)
    {
        var model = Model(id, name, "LORA", [File(id, FileNameOf(name), Safetensors(id))]) with { Creator = "ana_m" };
        return model with { Versions = [model.Versions[0] with { Access = access, EndsAt = endsAt }] };
    }

    private static SampleModel Sized(int id, string name, SampleContent content) =>
        Model(id, name, "Checkpoint", [File(id, FileNameOf(name), content) with { Precision = "fp16", Size = "pruned" }]) with { Creator = "borealis" };

    private static List<SampleFile> ManyFiles() =>
    [
        File(SampleIds.ManyFiles, "northernLightXL_v10_full.safetensors", Safetensors(20, 8192)) with { Id = 420201, Precision = "fp32", Size = "full" },
        File(SampleIds.ManyFiles, "northernLightXL_v10.safetensors", Safetensors(21, 6000)) with { Id = 420202, Precision = "fp16", Size = "pruned" },
        File(SampleIds.ManyFiles, "northernLightXL_v10.ckpt", new MadeContent(() => ModelFiles.TorchZip(22, "model.diffusion_model.weight"))) with { Id = 420203, Format = "PickleTensor", Precision = "fp16", Size = "pruned",
            ScanMessage = "**Detected Pickle imports (3)**\n```\ncollections.OrderedDict\ntorch._utils._rebuild_tensor_v2\ntorch.HalfStorage\n```" },
        File(SampleIds.ManyFiles, "northernLightXL_vae.safetensors", Safetensors(23, 2000)) with { Id = 420204, Type = "VAE" },
        File(SampleIds.ManyFiles, "northernLightXL_v10.yaml", new MadeContent(() => ModelFiles.Config(24))) with { Id = 420205, Type = "Config", Format = "Other", ScanResult = "Error" },
    ];

    private static SampleModel Oddities()
    {
        var model = Model(SampleIds.Oddities, "Odd One Out", "HoloProjector",
        [
            File(SampleIds.Oddities, "same.safetensors", Safetensors(40, 100)) with { Type = "Hologram", Format = "HoloTensor", Precision = "fp3", ScanResult = "Maybe" },
            File(SampleIds.Oddities, "same.safetensors", Safetensors(41, 200)) with { Id = (SampleIds.Oddities * 100) + 1, HasMetadata = false },
        ]);
        return model with { Downloads = null, CommercialUse = CommercialUseForm.EmptyArray, Versions = [model.Versions[0] with { BaseModel = "Hologram 9" }] };
    }

    private static SampleModel ManyVersions()
    {
        var model = Model(SampleIds.ManyVersions, "Three Seasons", "LORA", [File(SampleIds.ManyVersions, "seasons_v2.safetensors", Safetensors(50))]);
        var shown = model.Versions[0] with { Name = "v2.0 autumn", BaseModel = "Illustrious", PublishedAt = Published.AddDays(20) };
        SampleVersion Other(int index, string name, string baseModel, int days) => shown with
        {
            Id = shown.Id + index, Name = name, BaseModel = baseModel, PublishedAt = Published.AddDays(days),
            Files = [shown.Files[0] with { Id = (shown.Id + index) * 10, Name = $"seasons_{index}.safetensors", Content = Safetensors(50 + index) }],
        };
        return model with { Creator = "007", Versions = [shown, Other(1, "v3.0 beta", "Pony", 40), Other(2, "v1.0", "SD 1.5", 1)] };
    }

    private static SampleModel NumberTaker()
    {
        var model = Model(SampleIds.NumberTaker, "Second Of The Number", "LORA", [File(SampleIds.NumberTaker, "second.safetensors", Safetensors(54))]);
        var first = model.Versions[0];
        return model with { Versions = [first, first with { Id = SampleIds.SharedNumber, Name = "v0.9", PublishedAt = first.PublishedAt.AddDays(-3), Files = [first.Files[0] with { Id = (SampleIds.NumberTaker * 100) + 1 }] }] };
    }

    private static SampleFile File(int modelId, string name, SampleContent content) => new() { Id = modelId * 100, Name = name, Content = content };

    private static MadeContent Safetensors(int seed, int values = 4096) => new(() => ModelFiles.Safetensors(seed, values));

    private static string FileNameOf(string name) => name.ToLowerInvariant().Replace(' ', '-') + ".safetensors";
}
