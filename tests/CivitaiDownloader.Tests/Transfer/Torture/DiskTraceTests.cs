using CivitaiDownloader.Sandbox.Content;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>What a power cut leaves is only as true as the reading of the trace.</summary>
public sealed class DiskTraceTests : IDisposable
{
    private const string Partial = "/s/sha256-a.part";
    private const string Journal = Partial + ".journal";

    private static readonly GeneratedContent Content = new(1, 1 << 20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_what_was_flushed_before_the_cut_is_kept()
    {
        string[] lines =
        [
            $"1 openat(AT_FDCWD<{Hex("/")}>, \"{Hex(Partial)}\", O_RDWR|O_CREAT|O_CLOEXEC, 0666) = 3<{Hex(Partial)}>", // 0
            $"1 openat(AT_FDCWD<{Hex("/")}>, \"{Hex(Journal)}\", O_RDWR|O_CREAT|O_CLOEXEC, 0666) = 4<{Hex(Journal)}>", // 1
            $"1 fsync(5<{Hex("/s")}>) = 0", // 2
            $"1 pwrite64(3<{Hex(Partial)}>, \"{Hex("xx")}\"..., 8192, 0) = 8192", // 3
            $"1 fsync(3<{Hex(Partial)}> <unfinished ...>", // 4
            $"2 pwrite64(3<{Hex(Partial)}>, \"{Hex("xx")}\"..., 8192, 8192) = 8192", // 5: written during the flush, so not safe by it
            "1 <... fsync resumed>) = 0", // 6
            $"1 pwrite64(4<{Hex(Journal)}>, \"{Hex("JJ")}\", 2, 0) = 2", // 7
            $"1 fsync(4<{Hex(Journal)}>)        = 0", // 8
            $"1 renameat2(AT_FDCWD<{Hex("/")}>, \"{Hex(Partial)}\", AT_FDCWD<{Hex("/")}>, \"{Hex("/elsewhere")}\", RENAME_NOREPLACE) = 0", // 9
        ];
        var trace = DiskTrace.Read(lines, "/s", "sha256-", []);

        Assert.Equal("", Rebuilt(trace, 1));
        Assert.Equal("part 0, journal 0", Rebuilt(trace, 2));
        Assert.Equal("part 0, journal 0", Rebuilt(trace, 5));
        Assert.Equal("part 8192, journal 0", Rebuilt(trace, 7));
        Assert.Equal("part 8192, journal 2", Rebuilt(trace, 8));
        Assert.Equal(16384, new PowerCut(trace, 7).Written);
    }

    [Fact]
    public void Of_what_was_not_flushed_any_part_may_be_kept()
    {
        string[] lines = [$"1 pwrite64(3<{Hex(Partial)}>, \"{Hex("xx")}\"..., 65536, 0) = 65536"];
        var before = Directory.CreateDirectory(_folder["earlier"]).FullName;
        File.WriteAllBytes(Path.Combine(before, "sha256-a.part"), []);
        var trace = DiskTrace.Read(lines, "/s", "sha256-", ["sha256-a.part"]);

        var pages = Enumerable.Range(0, 40).Select(seed =>
        {
            new PowerCut(trace, 1).Rebuild(before, _folder[$"{seed}"], Content, new(seed));
            var bytes = File.ReadAllBytes(Path.Combine(_folder[$"{seed}"], "sha256-a.part"));
            return bytes.Chunk(4096).Count(page => page.AsSpan().ContainsAnyExcept((byte)0));
        }).ToArray();

        Assert.Contains(0, pages);
        Assert.Contains(16, pages);
        Assert.Contains(pages, count => count is > 0 and < 16);
    }

    private string Rebuilt(DiskTrace trace, int moment)
    {
        var folder = _folder[$"{moment}"];
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        new PowerCut(trace, moment).Rebuild(_folder["before"], folder, Content, whim: null);
        return string.Join(", ", Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(path => $"{Path.GetExtension(path).TrimStart('.')} {new FileInfo(path).Length}"));
    }

    private static string Hex(string text) => string.Concat(text.Select(c => $"\\x{(int)c:x2}"));
}
