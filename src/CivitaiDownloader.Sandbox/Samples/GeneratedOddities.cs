using CivitaiDownloader.Sandbox.Content;

namespace CivitaiDownloader.Sandbox.Samples;

/// <summary>Gives some of the generated models what makes real lists hard: gates, gaps, unknown members, names nobody can use.</summary>
internal static class GeneratedOddities
{
    private static readonly string[] FileNames =
        ["CON.safetensors", "aux.safetensors", "ends with a dot..safetensors", "a/b\\c.safetensors", "絵柄 ミックス.safetensors", "🦊.safetensors", "نموذج.safetensors", "what?*.safetensors", "v1:final.safetensors"];

    public static SampleModel Apply(Random random, SampleModel model, DateTimeOffset now) => random.Next(40) switch
    {
        0 => model with { Mode = "Archived" },
        1 => model with { Mode = "TakenDown" },
        2 => Access(model, SampleAccess.EarlyAccess, now.AddDays(1 + random.Next(14))),
        3 => Access(model, SampleAccess.EarlyAccess, null),
        4 => Access(model, SampleAccess.EarlyAccess, now.AddDays(-random.Next(1, 60))),
        5 or 6 => Access(model, SampleAccess.LoginRequired, null),
        7 => Access(model, SampleAccess.DownloadsDisabled, null),
        8 => Access(model, SampleAccess.FileGone, null),
        9 => Files(model, file => file with { HasHashes = false }),
        10 => Files(model, file => file with { HasSha256 = false }),
        11 => Files(model, file => file with { HasMetadata = false }),
        12 => Files(model, file => file with { Type = "Hologram", ScanResult = "Maybe", Precision = "fp3" }),
        13 => model with { Type = "HoloProjector" },
        14 => model with { Creator = null, IsCreatorNameless = true },
        15 => model with { Downloads = null, ThumbsUp = null, Comments = null },
        16 or 17 or 18 => Files(model, file => file with { Name = FileNames[random.Next(FileNames.Length)] }),
        19 or 20 => model with { Versions = [.. model.Versions.Select(SameNameTwice)] },
        21 => model with { Versions = [.. model.Versions.Select(version => version with { BaseModel = "Hologram 9", BaseModelType = "Sideways" })] },
        _ => model,
    };

    private static SampleModel Access(SampleModel model, SampleAccess access, DateTimeOffset? endsAt) =>
        model with { Versions = [model.Versions[0] with { Access = access, EndsAt = endsAt }, .. model.Versions.Skip(1)] };

    private static SampleModel Files(SampleModel model, Func<SampleFile, SampleFile> change) =>
        model with { Versions = [.. model.Versions.Select(version => version with { Files = [.. version.Files.Select(change)] })] };

    private static SampleVersion SameNameTwice(SampleVersion version) => version.Files[0].Format != "SafeTensor" ? version
        : version with { Files = [.. version.Files, version.Files[0] with { Id = version.Files[0].Id + 1, Precision = "fp8", Content = new MadeContent(() => ModelFiles.Safetensors(version.Id, 300)) }] };
}
