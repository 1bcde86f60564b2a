using System.IO.Hashing;
using System.Text;

namespace CivitaiDownloader.Bench;

/// <summary>Checkpoints as PyTorch writes them, with holes in place of weights: what a loader must read is there, and they take no room.</summary>
internal static class TorchFiles
{
    private const uint LocalHeader = 0x04034B50, DirectoryHeader = 0x02014B50, End = 0x06054B50, End64 = 0x06064B50, Locator64 = 0x07064B50;
    private const int Alignment = 64; // of storages

    /// <summary>A zip with stored members: data.pkl, a member for each storage, version.</summary>
    public static void WriteZip(string path, int tensors, long bytesOfEach)
    {
        using var file = new BinaryWriter(File.Create(path));
        var members = new List<(string Name, long Length, uint Crc, long At)>();
        var pickle = new TorchPickle().StateDict(tensors, bytesOfEach / 2, isLegacy: false).ToArray();
        Add("archive/data.pkl", pickle);
        var zeros = Crc(new byte[1 << 16], bytesOfEach);
        for (var key = 0; key < tensors; key++)
        {
            Begin($"archive/data/{key}", bytesOfEach, zeros);
            file.BaseStream.SetLength(file.BaseStream.Seek(bytesOfEach, SeekOrigin.Current));
        }

        Add("archive/version", "3\n"u8.ToArray());
        WriteDirectory(file, members);

        void Add(string name, byte[] content)
        {
            Begin(name, content.Length, Crc(content, content.Length));
            file.Write(content);
        }

        void Begin(string name, long length, uint crc)
        {
            file.Flush();
            var at = file.BaseStream.Position;
            members.Add((name, length, crc, at));
            var padding = (int)((Alignment - ((at + 30 + name.Length + 4) % Alignment)) % Alignment);
            WriteHead(file, LocalHeader, (uint)length, crc);
            file.Write((ushort)name.Length);
            file.Write((ushort)(4 + padding));
            file.Write(Encoding.ASCII.GetBytes(name));
            file.Write("FB"u8);
            file.Write((ushort)padding);
            file.Write(Encoding.ASCII.GetBytes(new string('Z', padding)));
            file.Flush();
        }
    }

    /// <summary>The form before zip: five pickles and then the storages.</summary>
    public static void WriteLegacy(string path, int tensors, long bytesOfEach)
    {
        using var file = new BinaryWriter(File.Create(path));
        file.Write(TorchPickle.LegacyHead());
        file.Write(new TorchPickle().StateDict(tensors, bytesOfEach / 2, isLegacy: true).ToArray());
        file.Write(new TorchPickle().Keys(tensors).ToArray());
        for (var key = 0; key < tensors; key++)
        {
            file.Write(bytesOfEach / 2);
            file.Flush();
            file.BaseStream.SetLength(file.BaseStream.Seek(bytesOfEach, SeekOrigin.Current));
        }
    }

    private static void WriteHead(BinaryWriter file, uint mark, uint length, uint crc)
    {
        file.Write(mark);
        if (mark == DirectoryHeader) file.Write((ushort)45); // made by
        file.Write((ushort)(mark == DirectoryHeader ? 45 : 20)); // needed
        file.Write((ushort)0x800); // names are UTF-8
        file.Write((ushort)0); // stored
        file.Write(0u); // time
        file.Write(crc);
        file.Write(length);
        file.Write(length);
    }

    private static void WriteDirectory(BinaryWriter file, List<(string Name, long Length, uint Crc, long At)> members)
    {
        file.Flush();
        var start = file.BaseStream.Position;
        foreach (var (name, length, crc, at) in members)
        {
            var isFar = at >= uint.MaxValue;
            WriteHead(file, DirectoryHeader, (uint)length, crc);
            file.Write((ushort)name.Length);
            file.Write((ushort)(isFar ? 12 : 0));
            file.Write(0u); // no comment, first disk
            file.Write((ushort)0);
            file.Write(0u);
            file.Write(isFar ? uint.MaxValue : (uint)at);
            file.Write(Encoding.ASCII.GetBytes(name));
            if (!isFar) continue;
            file.Write((ushort)1); // zip64 (APPNOTE 4.5.3): the offset alone
            file.Write((ushort)8);
            file.Write(at);
        }

        file.Flush();
        var end = file.BaseStream.Position;
        file.Write(End64);
        file.Write(44L);
        file.Write((ushort)45);
        file.Write((ushort)45);
        file.Write(0L); // disks
        file.Write((long)members.Count);
        file.Write((long)members.Count);
        file.Write(end - start);
        file.Write(start);
        file.Write(Locator64);
        file.Write(0u);
        file.Write(end);
        file.Write(1u);
        var isLarge = start >= uint.MaxValue;
        file.Write(End);
        file.Write(0u);
        file.Write((ushort)members.Count);
        file.Write((ushort)members.Count);
        file.Write((uint)(end - start));
        file.Write(isLarge ? uint.MaxValue : (uint)start);
        file.Write((ushort)0);
    }

    /// <summary>CRC-32 of <paramref name="content"/>, again and again until the length is reached.</summary>
    private static uint Crc(byte[] content, long length)
    {
        var crc = new Crc32();
        for (long at = 0; at < length; at += content.Length) crc.Append(content.AsSpan(0, (int)Math.Min(content.Length, length - at)));
        return crc.GetCurrentHashAsUInt32();
    }
}
