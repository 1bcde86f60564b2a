using CivitaiDownloader.Cli.Memory;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class WorkingSetTests
{
    [Fact]
    public void Only_mappings_of_files_that_were_never_changed_are_given_back()
    {
        var smaps = """
            1000-3000 r--p 00000000 fe:00 11                         /bin/program
            Rss:                   8 kB
            Anonymous:             0 kB
            VmFlags: rd mr mw me
            3000-4000 r--p 00002000 fe:00 11                         /bin/program
            Anonymous:             4 kB
            4000-6000 r-xp 00003000 fe:00 11                         /bin/program with spaces
            Anonymous:             0 kB
            6000-7000 rw-p 00005000 fe:00 11                         /bin/program
            Anonymous:             0 kB
            7000-8000 r--s 00000000 fe:00 12                         /data/shared
            Anonymous:             0 kB
            8000-9000 r--p 00000000 00:00 0
            Anonymous:             0 kB
            9000-a000 r-xp 00000000 00:00 0                          [vdso]
            Anonymous:             0 kB
            7fffa000-7fffb000 r--p 00000000 fe:00 13                 /lib/cut
            Anonym
            """u8.ToArray();

        var found = new List<(nint, nuint)>();
        var rest = (ReadOnlySpan<byte>)smaps;
        while (WorkingSet.NextUntouched(ref rest) is { } mapping) found.Add(mapping);

        Assert.Equal([(0x1000, 0x2000u), (0x4000, 0x2000u)], found);
    }
}
