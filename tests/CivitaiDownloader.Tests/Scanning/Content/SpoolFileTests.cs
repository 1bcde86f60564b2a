using CivitaiDownloader.Scanning.Content;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning.Content;

public sealed class SpoolFileTests
{
    [Fact]
    public void It_has_no_name_while_it_is_used_so_that_a_kill_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc shows what is open.");
        using var spool = new SpoolFile();
        spool.Append("unpacked"u8);

        var named = Named().ToHashSet();
        if (named.Count > 0) Thread.Sleep(200); // those of other tests, about to lose their names
        named.IntersectWith(Named());

        Assert.Empty(named);
        var read = new byte[8];
        Assert.Equal(8, spool.Read(0, read));
        Assert.Equal("unpacked"u8, read);
    }

    private static IEnumerable<string> Named() =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(entry => new FileInfo(entry).LinkTarget ?? "").Where(target => target.Contains("civitai-dl-scan-", StringComparison.Ordinal) && !target.EndsWith(" (deleted)", StringComparison.Ordinal));
}
