using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>The packed streams of a 7z archive, the folders that unpack them, and the contents in each.</summary>
internal sealed class SevenZipStreams
{
    private const int FirstPacked = 32;

    public static SevenZipStreams None { get; } = new();

    public IReadOnlyList<SevenZipFolder> Folders { get; private set; } = [];

    /// <summary>For each folder its contents in order.</summary>
    public IReadOnlyList<IReadOnlyList<(long Size, uint? Checksum)>> Contents { get; private set; } = [];

    public IReadOnlyList<(long Start, long End)> Extents { get; private set; } = [];

    public static SevenZipStreams Read(SevenZipValues values)
    {
        var streams = new SevenZipStreams();
        var id = values.Id();
        if (id == SevenZipId.PackInfo)
        {
            streams.ReadPacked(values);
            id = values.Id();
        }

        if (id == SevenZipId.UnpackInfo)
        {
            streams.ReadFolders(values);
            id = values.Id();
        }

        streams.Contents = [.. streams.Folders.Select(folder => new[] { (folder.UnpackedSize, folder.Checksum) })];
        if (id == SevenZipId.SubStreams)
        {
            streams.ReadContents(values);
            id = values.Id();
        }

        if (id != SevenZipId.End) throw values.Broken("an unknown part in the list of streams");
        streams.Join(values);
        return streams;
    }

    private void ReadPacked(SevenZipValues values)
    {
        var position = values.Number();
        var count = values.Count();
        var extents = new List<(long, long)>();
        var id = values.Id();
        if (id == SevenZipId.Size)
        {
            var start = checked(FirstPacked + position);
            for (var index = 0; index < count; index++)
            {
                var end = checked(start + values.Number());
                extents.Add((start, end));
                start = end;
            }

            id = values.Id();
        }

        if (id == SevenZipId.Checksum)
        {
            values.Checksums(count);
            id = values.Id();
        }

        if (id != SevenZipId.End || extents.Count != count) throw values.Broken("an unknown part in the list of packed streams");
        Extents = extents;
    }

    private void ReadFolders(SevenZipValues values)
    {
        if (values.Id() != SevenZipId.Folder) throw values.Broken("no folders");
        var count = values.Count();
        if (values.Byte() != 0) throw values.Broken("folders that are told elsewhere");
        var folders = new List<SevenZipFolder>();
        for (var index = 0; index < count; index++) folders.Add(SevenZipFolder.Read(values));
        if (values.Id() != SevenZipId.UnpackedSizes) throw values.Broken("folders without sizes");
        foreach (var folder in folders) folder.UnpackedSizes = [.. Enumerable.Range(0, folder.Outputs).Select(_ => values.Number())];
        var id = values.Id();
        if (id == SevenZipId.Checksum)
        {
            var checksums = values.Checksums(count);
            for (var index = 0; index < count; index++) folders[index].Checksum = checksums[index];
            id = values.Id();
        }

        if (id != SevenZipId.End) throw values.Broken("an unknown part in the list of folders");
        Folders = folders;
    }

    private void ReadContents(SevenZipValues values)
    {
        int[] counts = [.. Folders.Select(_ => 1)];
        var id = values.Id();
        if (id == SevenZipId.StreamsInFolder)
        {
            for (var index = 0; index < counts.Length; index++) counts[index] = values.Count();
            id = values.Id();
        }

        var hasSizes = id == SevenZipId.Size;
        var sizes = Folders.Select((folder, index) => SizesOf(values, folder, counts[index], hasSizes)).ToArray();
        if (hasSizes) id = values.Id();
        var untold = Folders.Select((folder, index) => counts[index] == 1 && folder.Checksum is not null ? 0 : counts[index]).Sum();
        var checksums = new Queue<uint?>();
        if (id == SevenZipId.Checksum)
        {
            checksums = new(values.Checksums(untold));
            id = values.Id();
        }

        if (id != SevenZipId.End) throw values.Broken("an unknown part in the list of contents");
        Contents = [.. Folders.Select((folder, index) => sizes[index].Select(size => (size, counts[index] == 1 && folder.Checksum is not null ? folder.Checksum : checksums.TryDequeue(out var checksum) ? checksum : null)).ToArray())];
    }

    // The last content's size is what the others leave.
    private static long[] SizesOf(SevenZipValues values, SevenZipFolder folder, int count, bool areTold)
    {
        if (count == 0) return [];
        if (count > 1 && !areTold) throw values.Broken("contents without sizes");
        var sizes = new List<long>();
        var left = folder.UnpackedSize;
        for (var index = 0; index < count - 1; index++)
        {
            sizes.Add(values.Number());
            left -= sizes[^1];
            if (left < 0) throw values.Broken("contents larger than their folder");
        }

        return [.. sizes, left];
    }

    private void Join(SevenZipValues values)
    {
        var next = 0;
        foreach (var folder in Folders)
        {
            if (folder.PackedInputs.Count > Extents.Count - next) throw values.Broken("fewer packed streams than folders take");
            folder.Packed = [.. folder.PackedInputs.Select((_, index) => (Extents[next + index].Start, Extents[next + index].End - Extents[next + index].Start))];
            next += folder.PackedInputs.Count;
        }

        if (next != Extents.Count) throw values.Broken("a packed stream that no folder takes");
    }
}
