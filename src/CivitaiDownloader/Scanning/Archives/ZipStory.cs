using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Reads the headers before the members front to back and holds them against the directory: the same names, sizes, methods and flags, no gap, no overlap.</summary>
internal sealed class ZipStory(ScanItem item, ScanState state, ZipDirectory directory)
{
    /// <returns>Each member as the directory has it and as the header before it has; without a header null.</returns>
    public List<(ZipEntry Listed, ZipEntry? Header)> Compare()
    {
        var members = new List<(ZipEntry, ZipEntry?)>(directory.Entries.Count);
        using var reader = new SourceReader(item.Source.Slice(0, directory.Start));
        var at = directory.Base;
        Leftover.Check(item, state, 0, directory.Base, "in front of the archive");
        foreach (var listed in directory.Entries.OrderBy(entry => entry.HeaderAt))
        {
            var headerAt = directory.Base + listed.HeaderAt;
            if (ZipEntry.ReadHeader(reader, headerAt) is not { } header)
            {
                Tell(listed, "has no header where the directory says", headerAt);
                members.Add((listed, null));
                continue;
            }

            if (headerAt > at) Gap(at, headerAt);
            if (headerAt < at) Tell(listed, "begins within the one before", headerAt);
            CompareOne(listed, header);
            at = Math.Max(at, EndOf(reader, listed, header));
            members.Add((listed, header));
        }

        if (at < directory.Start) Gap(at, directory.Start);
        else if (at > directory.Start) state.Report(ZipRules.Ambiguous, item, "the last member reaches into the directory", directory.Start);
        return members;
    }

    private void CompareOne(ZipEntry listed, ZipEntry header)
    {
        var at = header.HeaderAt;
        if (listed.Name != header.Name) Tell(listed, $"is called {MemberNames.Shown(header.Name)} in the header before it", at);
        if (listed.Method != header.Method) Tell(listed, $"is packed by method {listed.Method} in the directory and by {header.Method} in the header before it", at);
        if ((listed.Flags & ~ZipEntry.DescriptorFlag) != (header.Flags & ~ZipEntry.DescriptorFlag) || listed.HasDescriptor != header.HasDescriptor) Tell(listed, $"has the flags 0x{listed.Flags:x} in the directory and 0x{header.Flags:x} in the header before it", at);
        if ((listed.Flags & ZipEntry.PatchFlag) != 0) Tell(listed, "claims to be a patch of another file", at);
        if ((listed.Flags & ZipEntry.UnusedFlags) != 0) Tell(listed, $"has flags that mean nothing (0x{listed.Flags:x}), at which some readers give up", at);
        if (listed.Volume is not (0 or ushort.MaxValue)) Tell(listed, $"is said to begin on volume {listed.Volume}, which there is not", at);
        if (Differs(listed.UnicodePath, listed.Name) || Differs(header.UnicodePath, listed.Name)) Tell(listed, $"has a second name, {MemberNames.Shown(listed.UnicodePath ?? header.UnicodePath!)}, which some readers take", at);
        if (header.HasDescriptor && header is { Crc: 0, Bytes: 0, PackedBytes: 0 }) return;
        if (listed.Bytes != header.Bytes || listed.PackedBytes != header.PackedBytes) Tell(listed, $"has {listed.Bytes} bytes, {listed.PackedBytes} packed, in the directory and {header.Bytes}, {header.PackedBytes} packed, in the header before it", at);
        else if (listed.Crc != header.Crc) Tell(listed, "has one checksum in the directory and another in the header before it", at);
    }

    private static bool Differs(string? other, string name) => other is not null && other != name;

    /// <summary>Behind the data and the record that may follow it: a checksum and two sizes of four or eight bytes, with or without a mark (APPNOTE, section 4.3.9).</summary>
    private long EndOf(SourceReader reader, ZipEntry listed, ZipEntry header)
    {
        var end = header.DataAt + listed.PackedBytes;
        if (end < header.DataAt || end > directory.Start)
        {
            Tell(listed, $"has {listed.PackedBytes} packed bytes where {Math.Max(0, directory.Start - header.DataAt)} are left", header.HeaderAt);
            return directory.Start;
        }

        if (!header.HasDescriptor) return end;
        reader.Position = end;
        var mark = reader.Remaining >= 4 && reader.Window(4).SequenceEqual("PK\x07\x08"u8) ? 4 : 0;
        foreach (var width in (ReadOnlySpan<int>)[4, 8])
        {
            reader.Position = end + mark;
            if (reader.Remaining < 4 + (2 * width) || reader.ReadUInt32() != listed.Crc) continue;
            var (packed, bytes) = width == 4 ? (reader.ReadUInt32(), reader.ReadUInt32()) : ((long)reader.ReadUInt64(), (long)reader.ReadUInt64());
            if (packed == listed.PackedBytes && bytes == listed.Bytes) return reader.Position;
        }

        Tell(listed, "is followed by other sizes than the directory has", end);
        return end;
    }

    private void Gap(long start, long end)
    {
        // A member that the directory does not have: front-to-back readers see it.
        using var reader = new SourceReader(item.Source.Slice(0, end));
        if (ZipEntry.ReadHeader(reader, start) is { } hidden)
        {
            Tell(hidden, "is not in the directory", start);
            ZipMember.Inspect(item, state, hidden, hidden);
            return;
        }

        Leftover.Check(item, state, start, end - start, "between the members of the archive", LeftoverTolerance.Zeros);
    }

    private void Tell(ZipEntry entry, string what, long at) => state.Report(ZipRules.Ambiguous, item, $"{MemberNames.Shown(entry.Name)} {what}", at, MemberNames.Shown(entry.Name));
}
