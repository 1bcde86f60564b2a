using CivitaiDownloader.Primitives;
using CivitaiDownloader.Tests.Cli;
using CivitaiDownloader.Transfer.Writing;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

public sealed class PreallocationTests : IDisposable
{
    private const long Mi = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Room_is_kept_and_the_length_stays()
    {
        using var disk = Disk();
        var free = Free(disk);
        using var file = OpenReserved(disk);

        Assert.Equal(0, RandomAccess.GetLength(file));
        Assert.Equal(free - (10 * Mi), Free(disk));
        disk.Fill(); // somebody else
        RandomAccess.Write(file, new byte[10 * Mi], 0);
        Assert.Equal(10 * Mi, RandomAccess.GetLength(file));
    }

    [Fact]
    public void What_the_file_has_already_is_neither_counted_nor_changed()
    {
        using var disk = Disk();
        using var file = Open(disk.Path);
        var content = new byte[6 * Mi];
        new Random(1).NextBytes(content);
        RandomAccess.Write(file, content, 0);

        Assert.True(Preallocation.TryReserve(file, 12 * Mi));

        Assert.Equal(content.Length, RandomAccess.GetLength(file));
        var read = new byte[content.Length];
        Assert.Equal(read.Length, RandomAccess.Read(file, read, 0));
        Assert.True(content.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public void Holes_are_filled_up_too()
    {
        using var disk = Disk();
        var free = Free(disk);
        using var file = Open(disk.Path);
        RandomAccess.SetLength(file, 8 * Mi);

        Assert.True(Preallocation.TryReserve(file, 8 * Mi));

        Assert.Equal(free - (8 * Mi), Free(disk));
    }

    [Fact]
    public void Where_there_is_no_room_it_is_told_and_nothing_is_taken()
    {
        using var disk = Disk();
        using var file = Open(disk.Path);
        RandomAccess.Write(file, new byte[Mi], 0);
        var free = Free(disk);

        var refused = Assert.Throws<IOException>(() => Preallocation.Reserve(file, disk.Path + "/x.part", 17 * Mi));

        Assert.True(DiskFull.Caused(refused));
        Assert.Equal(free, Free(disk));
        Assert.Equal(Mi, RandomAccess.GetLength(file));
    }

    [Fact]
    public void A_file_that_ends_up_shorter_gives_the_rest_back()
    {
        using var disk = Disk();
        var free = Free(disk);
        using var file = OpenReserved(disk);

        RandomAccess.Write(file, new byte[Mi], 0);
        RandomAccess.SetLength(file, Mi);

        Assert.Equal(free - Mi, Free(disk));
    }

    // proc has neither blocks nor fallocate(2): as good as a network's file system.
    [Fact]
    public void Where_the_file_system_has_no_such_thing_nothing_is_done()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux's proc.");
        using var file = File.OpenHandle("/proc/self/oom_score_adj", FileMode.Open, FileAccess.ReadWrite);

        Assert.False(Preallocation.TryReserve(file, Mi));
        Assert.False(Preallocation.Reserve(file, _folder["x.part"], Mi));
    }

    [Fact]
    public void Where_nothing_can_be_reserved_free_space_is_looked_at()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux's proc.");
        using var file = File.OpenHandle("/proc/self/oom_score_adj", FileMode.Open, FileAccess.ReadWrite);

        var refused = Assert.Throws<IOException>(() => Preallocation.Reserve(file, _folder["x.part"], 1L << 60));

        Assert.True(DiskFull.Caused(refused));
    }

    [Fact]
    public void On_the_disk_of_this_machine_it_works_or_does_nothing()
    {
        using var file = Open(_folder.Path);

        Preallocation.Reserve(file, _folder["x.part"], 3 * Mi);
        RandomAccess.Write(file, new byte[3 * Mi], 0);

        Assert.Equal(3 * Mi, RandomAccess.GetLength(file));
        Assert.True(Preallocation.TryReserve(file, 0));
    }

    private SmallDisk Disk() => SmallDisk.Mount(_folder["disk"], megabytes: 16);

    /// <summary>With room for 10 MiB.</summary>
    private static SafeFileHandle OpenReserved(SmallDisk disk)
    {
        var file = Open(disk.Path);
        Assert.True(Preallocation.TryReserve(file, 10 * Mi));
        return file;
    }

    private static SafeFileHandle Open(string folder) => File.OpenHandle(Path.Combine(folder, "x.part"), FileMode.OpenOrCreate, FileAccess.ReadWrite);

    private static long Free(SmallDisk disk) => FreeSpace.At(disk.Path)!.Value;
}
