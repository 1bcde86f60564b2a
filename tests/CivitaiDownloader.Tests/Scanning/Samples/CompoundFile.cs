using System.Buffers.Binary;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>The smallest compound file ([MS-CFB]): a header, one table of sectors, and a directory of empty entries.</summary>
internal static class CompoundFile
{
    private const uint Free = 0xffffffff, End = 0xfffffffe, Table = 0xfffffffd;

    public static byte[] With(params string[] names)
    {
        var directorySectors = (names.Length + 3) / 4;
        var bytes = new byte[512 * (2 + directorySectors)];
        byte[] mark = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        mark.CopyTo(bytes, 0);
        bytes[24] = 0x3e;
        bytes[26] = 3;
        (bytes[28], bytes[29]) = (0xfe, 0xff);
        bytes[30] = 9;
        bytes[32] = 6;
        Write(44, 1); // tables
        Write(48, 1); // the directory's first sector
        Write(56, 4096);
        Write(60, End);
        Write(68, End);
        for (var at = 76; at < 512; at += 4) Write(at, at == 76 ? 0 : Free);
        for (var at = 512; at < 1024; at += 4) Write(at, Free);
        Write(512, Table);
        for (var sector = 1; sector <= directorySectors; sector++) Write(512 + (sector * 4), sector == directorySectors ? End : (uint)sector + 1);
        for (var entry = 0; entry < names.Length; entry++)
        {
            var at = 1024 + (entry * 128);
            Encoding.Unicode.GetBytes(names[entry]).CopyTo(bytes, at);
            bytes[at + 64] = (byte)((names[entry].Length + 1) * 2);
            bytes[at + 66] = (byte)(entry == 0 ? 5 : 1);
            for (var link = 68; link < 80; link += 4) Write(at + link, Free);
        }

        return bytes;

        void Write(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
    }
}
