using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

public sealed partial class SampleCatalogueTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SampleCatalogue _catalogue = new([.. CuratedModels.All(Now), .. GeneratedModels.All(1, 300, Now)]);

    [Fact]
    public void One_seed_makes_one_catalogue_and_another_makes_another()
    {
        Assert.Equal(Names(1), Names(1));
        Assert.NotEqual(Names(1), Names(2));

        static string[] Names(int seed) => [.. GeneratedModels.All(seed, 50, Now).Select(model => $"{model.Name} {model.Versions[0].Files[0].Name} {model.Mode}")];
    }

    [Fact]
    public void Every_hazard_of_real_lists_occurs()
    {
        var models = _catalogue.All.Where(model => model.Id >= SampleIds.FirstGenerated).ToArray();
        var versions = models.SelectMany(model => model.Versions).ToArray();
        var files = versions.SelectMany(version => version.Files).ToArray();

        Assert.Contains(models, model => model.Mode == "Archived");
        Assert.Contains(models, model => model.Mode == "TakenDown");
        Assert.Contains(models, model => model is { Creator: null, IsCreatorNameless: false });
        Assert.Contains(models, model => model.IsCreatorNameless);
        Assert.Contains(models, model => model.Creator == "12345678");
        Assert.Contains(models, model => model.ThumbsUp is null && model.Downloads is null);
        Assert.Equal(4, models.Select(model => model.CommercialUse).Distinct().Count());
        Assert.True(models.Select(model => model.Type).Distinct().Count() > 20);
        foreach (var access in Enum.GetValues<SampleAccess>().Except([SampleAccess.NoGrant])) Assert.Contains(versions, version => version.Access == access);
        Assert.Contains(versions, version => version is { Access: SampleAccess.EarlyAccess, EndsAt: null });
        Assert.Contains(versions, version => version.Files.Select(file => file.Name).Distinct().Count() < version.Files.Count);
        Assert.Contains(files, file => !file.HasHashes);
        Assert.Contains(files, file => file is { HasHashes: true, HasSha256: false });
        Assert.Contains(files, file => file.Name == "CON.safetensors");
        Assert.Contains(files, file => !file.HasMetadata);
    }

    [Fact]
    public void Every_number_is_used_once()
    {
        Assert.Equal(_catalogue.All.Sum(model => model.Versions.Count), _catalogue.Versions.Count);
        Assert.Distinct(_catalogue.Versions.SelectMany(pair => pair.Version.Files).Select(file => file.Id));
    }

    [Fact]
    public void Files_are_what_their_names_say()
    {
        foreach (var file in _catalogue.Versions.SelectMany(pair => pair.Version.Files).Where(file => file.Content is MadeContent).Take(250))
        {
            var bytes = new byte[file.Content.Length];
            file.Content.Fill(0, bytes);
            Assert.True(IsGenuine(file, bytes), file.Name);
        }
    }

    [Fact]
    public void Pickles_call_nothing_but_what_rebuilds_a_tensor()
    {
        foreach (var file in new[] { ModelFiles.TorchZip(1, "weight"), ModelFiles.TorchEmbedding(1) })
        {
            using var zip = new ZipArchive(new MemoryStream(file));
            using var pickle = zip.GetEntry("archive/data.pkl")!.Open();
            using var memory = new MemoryStream();
            pickle.CopyTo(memory);
            var text = Encoding.Latin1.GetString(memory.ToArray());

            Assert.Equal(["collections OrderedDict", "torch FloatStorage", "torch._utils _rebuild_tensor_v2"],
                Global().Matches(text).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").Distinct().Order(StringComparer.Ordinal));
            Assert.True(text is ['\u0080', '\u0002', .., '.'] && text.Contains("RtR", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"c([a-z._]+)\n(\w+)\n")]
    private static partial Regex Global();

    private static bool IsGenuine(SampleFile file, byte[] bytes) => file.Format switch
    {
        "GGUF" => bytes.AsSpan().StartsWith("GGUF"u8) && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) == 3,
        "PickleTensor" => Entries(bytes) is ["archive/data.pkl", ..],
        _ when file.Name.EndsWith(".yaml", StringComparison.Ordinal) => Encoding.UTF8.GetString(bytes).StartsWith("model:", StringComparison.Ordinal),
        _ when file.Type == "Archive" => Entries(bytes).Contains("workflow.json"),
        _ => IsPickleOrSafetensors(bytes),
    };

    private static bool IsPickleOrSafetensors(byte[] bytes)
    {
        if (bytes[0] == 'P') return Entries(bytes).Length > 0;
        if (bytes.AsSpan().StartsWith("GGUF"u8)) return true;
        var header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var json = JsonDocument.Parse(bytes.AsMemory(8, header));
        var last = json.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__").Max(tensor => tensor.Value.GetProperty("data_offsets")[1].GetInt32());
        return json.RootElement.TryGetProperty("__metadata__", out _) && 8 + header + last == bytes.Length;
    }

    private static string[] Entries(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }
}
