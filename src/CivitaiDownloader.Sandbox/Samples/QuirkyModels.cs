using CivitaiDownloader.Sandbox.Content;

namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>The shapes of records that are rare on the site and break clients all the same.</summary>
internal static class QuirkyModels
{
    public static IEnumerable<SampleModel> All(DateTimeOffset published, LinkedFile linkedVae) =>
    [
        EveryForm(published, linkedVae),
        Model(SampleIds.Bare, "Bare Bones", published,
            [File(SampleIds.Bare, 0, "bare-bones.safetensors", 71) with { HasMetadata = false, IsOnB2 = true, SizeErrorBytes = -37 }]) with
        {
            Creator = null, CommercialUse = CommercialUseForm.Null, HasCounts = false, Tags = [],
        },
        Model(SampleIds.Media, "Moving Pictures", published, [File(SampleIds.Media, 0, "moving-pictures.safetensors", 72)], version => version with { Images = 3, Media = ["video", "image", "audio"] }) with
        {
            CommercialUse = CommercialUseForm.EmptySetText, Creator = null, IsCreatorNameless = true, Availability = "Unsearchable",
        },
        Model(SampleIds.RealPerson, "Somebody You Know", published, [File(SampleIds.RealPerson, 0, "somebody.safetensors", 73)]) with { IsRealPerson = true },
        Model(SampleIds.Mature, "After Dark", published, [File(SampleIds.Mature, 0, "after-dark.safetensors", 74) with { IsOnB2 = true }], version => version with { Images = 3 }) with
        {
            Nsfw = true, NsfwLevel = 4 + 8 + 16, CommercialUse = CommercialUseForm.NoneText,
        },
        Components(published),
    ];

    private static SampleModel EveryForm(DateTimeOffset published, LinkedFile linkedVae)
    {
        var model = Model(SampleIds.EveryForm, "Every Form", published,
        [
            File(SampleIds.EveryForm, 0, "every_form_v2.safetensors", 80) with { Precision = "fp16", Size = "pruned" },
            File(SampleIds.EveryForm, 1, "every_form_v1.safetensors", 81) with { Precision = "fp16", Size = "pruned", IsSuperseded = true },
            File(SampleIds.EveryForm, 2, "everyForm_trainingData.zip", 82) with
            {
                Type = "Training Data", Format = "Other", OverrideName = "Every Form (pictures).zip", Content = new MadeContent(() => ModelFiles.WorkflowZip(82)),
            },
        ], version => version with { LinkedVae = linkedVae, Images = 25 });
        var first = model.Versions[0];
        SampleVersion Other(int index, string name, params SampleFile[] files) =>
            first with { Id = first.Id + index, Name = name, LinkedVae = null, Images = 0, PublishedAt = first.PublishedAt.AddDays(index), Files = files };
        return model with
        {
            Versions =
            [
                first,
                Other(1, "for friends", File(SampleIds.EveryForm, 10, "friends.safetensors", 83)) with { Availability = "Private" },
                Other(2, "announced"),
                Other(3, "same file again", File(SampleIds.EveryForm, 30, "every_form_v2_again.safetensors", 80)),
            ],
        };
    }

    private static SampleModel Components(DateTimeOffset published) => Model(SampleIds.Components, "Spare Parts", published,
    [
        File(SampleIds.Components, 0, "spare-parts.Q8_0.gguf", 90) with { Type = "Diffusion Model", Format = "GGUF", QuantType = "Q8_0", Content = new MadeContent(() => ModelFiles.Gguf(90)) },
        File(SampleIds.Components, 1, "spare-parts.Q4_K_M.gguf", 91) with { Type = "Diffusion Model", Format = "GGUF", QuantType = "Q4_K_M", Content = new MadeContent(() => ModelFiles.Gguf(91)) },
        File(SampleIds.Components, 2, "clip_l.safetensors", 92) with { Type = "Text Encoder" },
        File(SampleIds.Components, 3, "poses_a.zip", 93) with { Type = "Archive", Format = "Other", Content = new MadeContent(() => ModelFiles.WorkflowZip(93)) },
        File(SampleIds.Components, 4, "poses_b.zip", 94) with { Type = "Archive", Format = "Other", Content = new MadeContent(() => ModelFiles.WorkflowZip(94)) },
    ]) with { Type = "Checkpoint" };

    private static SampleModel Model(int id, string name, DateTimeOffset published, IReadOnlyList<SampleFile> files, Func<SampleVersion, SampleVersion>? change = null)
    {
        var version = new SampleVersion { Id = id * 10, Name = "v1.0", BaseModel = "SDXL 1.0", PublishedAt = published.AddHours(id - 4200), Files = files };
        // Nobody has liked them: in lists they come last.
        return new() { Id = id, Name = name, Type = "LORA", Creator = "quirk_collector", Downloads = null, ThumbsUp = null, Comments = null, Versions = [change?.Invoke(version) ?? version] };
    }

    private static SampleFile File(int modelId, int index, string name, int seed) =>
        new() { Id = (modelId * 100) + index, Name = name, Content = new MadeContent(() => ModelFiles.Safetensors(seed)) };
}
