using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Bench;

/// <summary>What ./bench scan has scanned: harmless files of each kind.</summary>
internal static class ScanFiles
{
    private const int PerFolder = 100;

    /// <summary>As many tensors of halves as of bytes each, with a hole for their values.</summary>
    public static void WriteSafetensors(string path, int tensors, long bytesOfEach)
    {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        for (var tensor = 0; tensor < tensors; tensor++)
            header.Append(CultureInfo.InvariantCulture, $",\"model.layers.{tensor:0000}.weight\":{{\"dtype\":\"F16\",\"shape\":[{bytesOfEach / 2}],\"data_offsets\":[{tensor * bytesOfEach},{(tensor + 1) * bytesOfEach}]}}");
        header.Append('}').Append(' ', (8 - ((header.Length + 1) % 8)) % 8);
        using var file = new BinaryWriter(File.Create(path));
        file.Write((long)header.Length);
        file.Write(Encoding.ASCII.GetBytes(header.ToString()));
        file.Flush();
        file.BaseStream.SetLength(file.BaseStream.Position + (tensors * bytesOfEach));
    }

    /// <summary>Small files as they lie about in model folders, no two alike.</summary>
    public static void WriteMixed(string folder, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"{number / PerFolder:000}")).FullName, $"{number:00000}");
            switch (number % 5)
            {
                case 0: WriteSafetensors(path + ".safetensors", 1 + (number % 30), 64 + (2 * number)); break;
                case 1: TorchFiles.WriteZip(path + ".pt", 1 + (number % 7), 1000 + (2 * number)); break;
                case 2: File.WriteAllText(path + ".json", $$"""{"id":{{number}},"name":"model {{number}}","trainedWords":["ink","wash"],"files":[{"sizeKB":{{number}}.5}]}"""); break;
                case 3: File.WriteAllText(path + ".txt", $"Model {number}. " + string.Concat(Enumerable.Repeat("Use it with a low weight and few words. ", number % 50))); break;
                default: File.WriteAllBytes(path + ".pkl", new TorchPickle().Keys(1 + number).ToArray()); break;
            }
        }
    }
}
