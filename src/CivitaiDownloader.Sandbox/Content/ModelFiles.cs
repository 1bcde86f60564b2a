using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CivitaiDownloader.Sandbox.Content;

/// <summary>Genuine small files of every kind a collector meets, each true to its format's specification.</summary>
internal static class ModelFiles
{
    /// <summary>safetensors: a little-endian length, a JSON header, the tensors' bytes (huggingface/safetensors, format section of its README).</summary>
    public static byte[] Safetensors(int seed, int values = 4096)
    {
        var header = $$$"""{"__metadata__":{"format":"pt","ss_output_name":"sample-{{{seed}}}","modelspec.architecture":"stable-diffusion-xl-v1-base/lora"},"lora_unet_down.weight":{"dtype":"F32","shape":[{{{values}}}],"data_offsets":[0,{{{values * 4}}}]}}""";
        var text = Encoding.UTF8.GetBytes(header.PadRight((header.Length + 7) / 8 * 8));
        var file = new byte[8 + text.Length + (values * 4)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        Weights(seed, file.AsSpan(8 + text.Length));
        return file;
    }

    /// <summary>GGUF version 3: magic, counts, key-values, tensor infos, aligned data (ggml, docs/gguf.md).</summary>
    public static byte[] Gguf(int seed)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write(1UL); // tensors
        writer.Write(2UL); // key-values
        Text("general.architecture");
        writer.Write(8u); // string
        Text("llama");
        Text("general.name");
        writer.Write(8u);
        Text("sample " + seed.ToString(CultureInfo.InvariantCulture));
        Text("token_embd.weight");
        writer.Write(1u); // dimensions
        writer.Write(1024UL);
        writer.Write(0u); // F32
        writer.Write(0UL); // offset
        while (file.Position % 32 != 0) writer.Write((byte)0);
        var weights = new byte[4096];
        Weights(seed, weights);
        writer.Write(weights);
        return file.ToArray();

        void Text(string value)
        {
            writer.Write((ulong)Encoding.UTF8.GetByteCount(value));
            writer.Write(Encoding.UTF8.GetBytes(value));
        }
    }

    /// <summary>A checkpoint as <c>torch.save</c> writes it: a zip of stored entries, the first a pickle.</summary>
    public static byte[] TorchZip(int seed, string tensorName, int values = 1024) => TorchZip(seed, new TorchPickle().StateDictionary(tensorName, values), values);

    /// <summary>A textual inversion as its trainers save it.</summary>
    public static byte[] TorchEmbedding(int seed, int values = 768) => TorchZip(seed, new TorchPickle().Embedding($"sample-{seed}", values), values);

    private static byte[] TorchZip(int seed, byte[] pickle, int values)
    {
        var weights = new byte[values * 4];
        Weights(seed, weights);
        return Zip(CompressionLevel.NoCompression,
            ("archive/data.pkl", pickle), ("archive/byteorder", "little"u8.ToArray()), ("archive/data/0", weights), ("archive/version", "3\n"u8.ToArray()));
    }

    /// <summary>A ComfyUI workflow as creators share it: a zip with the graph and a note.</summary>
    public static byte[] WorkflowZip(int seed) => Zip(CompressionLevel.Optimal,
        ("workflow.json", Encoding.UTF8.GetBytes($$"""{"last_node_id":2,"last_link_id":1,"nodes":[{"id":1,"type":"CheckpointLoaderSimple","widgets_values":["sample.safetensors"]},{"id":2,"type":"KSampler","widgets_values":[{{seed}},"fixed",20,7,"euler","normal",1]}],"links":[[1,1,0,2,0,"MODEL"]],"version":0.4}""")),
        ("README.txt", "Load workflow.json in ComfyUI.\n"u8.ToArray()));

    public static byte[] Config(int seed) => Encoding.UTF8.GetBytes($"model:\n  base_learning_rate: 1.0e-04\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params:\n    timesteps: {1000 + (seed % 7)}\n");

    /// <summary>A PNG of one colour (W3C PNG, third edition): real, small, different for each seed.</summary>
    public static byte[] Png(int seed, int side = 64)
    {
        var rows = new byte[side * (1 + (side * 3))];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var at = (y * (1 + (side * 3))) + 1 + (x * 3);
                rows[at] = (byte)((seed * 37) + x);
                rows[at + 1] = (byte)((seed * 59) + y);
                rows[at + 2] = (byte)(seed * 83);
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(rows);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 8; // bits
        header[9] = 2; // RGB
        PngBlock(file, "IHDR"u8, header);
        PngBlock(file, "IDAT"u8, packed.ToArray());
        PngBlock(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The frame of an MP4 file (ISO/IEC 14496-12): a type, and bytes that stand for its frames.</summary>
    public static byte[] Mp4(int seed)
    {
        var file = new byte[24 + 8 + 4096];
        BinaryPrimitives.WriteInt32BigEndian(file, 24);
        "ftypisom\0\0\u0002\0isommp42"u8.CopyTo(file.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(24), 8 + 4096);
        "mdat"u8.CopyTo(file.AsSpan(28));
        Weights(seed, file.AsSpan(32));
        return file;
    }

    /// <summary>An empty tag and one frame of silence (MPEG-1 layer III, 128 kbit/s, 44.1 kHz), different for each seed.</summary>
    public static byte[] Mp3(int seed)
    {
        var file = new byte[10 + 417];
        "ID3\u0004"u8.CopyTo(file);
        file[10] = 0xFF;
        file[11] = 0xFB;
        file[12] = 0x90;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(60), seed);
        return file;
    }

    private static void PngBlock(MemoryStream file, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var crc = new System.IO.Hashing.Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        file.Write(number);
    }

    private static byte[] Zip(CompressionLevel level, params ReadOnlySpan<(string Name, byte[] Bytes)> entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                var entry = zip.CreateEntry(name, level);
                entry.LastWriteTime = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same bytes on every machine
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return file.ToArray();
    }

    // Weights as training leaves them: small floats, different for each seed.
    private static void Weights(int seed, Span<byte> bytes)
    {
        var random = new Random(seed);
        for (var at = 0; at + 4 <= bytes.Length; at += 4) BinaryPrimitives.WriteSingleLittleEndian(bytes[at..], (float)((random.NextDouble() - 0.5) * 0.04));
    }
}
