using System.IO.Compression;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Programs;
using CivitaiDownloader.Scanning.Rules;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning.Antivirus;

/// <summary>Against clamd itself.</summary>
public sealed class RealClamdTests
{
    private const int Above = (2 << 20) + 1;

    [Fact]
    public async Task EICAR_is_found_in_a_plain_file_a_zip_and_a_checkpoint_and_nothing_elsewhere()
    {
        using var clamd = await RealClamd.StartAsync(RealClamd.OwnDatabase);

        foreach (var bytes in new[] { EicarTest.Mark, Zip(("a/eicar.com", EicarTest.Mark)), Zip(("archive/data.pkl", [0x80, 2, (byte)'N', (byte)'.']), ("archive/data/0", [.. new byte[64], .. EicarTest.Mark])) })
        {
            var found = Assert.Single(Ask(clamd, bytes).Findings);
            Assert.Equal((AntivirusRules.Found, $"clamd finds {RealClamd.Signature}"), (found.Rule, found.Message));
        }

        Assert.Empty(Ask(clamd, Zip(("a/b.txt", "nothing"u8.ToArray()))).Findings);
    }

    [Fact]
    public async Task Stopped_in_the_middle_of_a_file_it_leaves_none_clean()
    {
        using var clamd = await RealClamd.StartAsync(RealClamd.OwnDatabase);
        using var source = new MeasuredSource(64 << 20, after: 32 << 20, clamd.Stop);

        var report = Antivirus(clamd).AddTo(Clean, source, TestContext.Current.CancellationToken);

        Assert.Equal(AntivirusRules.NotScanned, Assert.Single(report.Findings).Rule);
        Assert.Contains("closed the connection", report.Findings[0].Message);
        Assert.Contains("cannot be reached", Ask(clamd, [1]).Findings[0].Message);
    }

    [Fact]
    public async Task Without_a_database_it_does_not_start_and_that_is_said()
    {
        using var clamd = await RealClamd.StartAsync(database: null);

        Assert.True(clamd.HasEnded);
        Assert.Contains("cannot be reached", Assert.Single(Ask(clamd, [1]).Findings).Message);
    }

    [Fact]
    public async Task With_a_database_that_finds_next_to_nothing_it_is_not_believed()
    {
        using var clamd = await RealClamd.StartAsync(RealClamd.OtherDatabase);

        Assert.Contains("has no database worth the name", Assert.Single(Ask(clamd, [1]).Findings).Message);
    }

    [Fact]
    public async Task Above_its_StreamMaxLength_a_file_was_not_scanned()
    {
        using var clamd = await RealClamd.StartAsync(RealClamd.OwnDatabase, "StreamMaxLength 1M");

        var report = Ask(clamd, new byte[64 << 20]);

        Assert.Equal(Verdict.Suspicious, report.Verdict);
        Assert.Contains("larger than clamd's StreamMaxLength", Assert.Single(report.Findings).Message);
    }

    [Fact]
    public async Task Its_OK_for_a_file_above_MaxFileSize_with_the_signature_in_front_is_not_believed()
    {
        using var clamd = await RealClamd.StartAsync(RealClamd.OwnDatabase, "MaxFileSize 2M", "MaxScanSize 2M");
        byte[] bytes = [.. EicarTest.Mark, .. new byte[Above]];

        var believed = await new ClamdClient(clamd.Address, TimeSpan.FromSeconds(30), TimeProvider.System).ScanAsync(new MemorySource(bytes), TestContext.Current.CancellationToken);
        var report = Ask(clamd, bytes, maxBytes: 2 << 20);

        Assert.IsType<ClamdAnswer.Nothing>(believed); // which is why there is Scan:ClamdMaxBytes
        Assert.Equal((Verdict.Suspicious, AntivirusRules.NotScanned), (report.Verdict, Assert.Single(report.Findings).Rule));
    }

    [Fact]
    public async Task Told_to_alert_it_says_itself_that_a_file_is_above_its_limits()
    {
        using var clamd = await RealClamd.StartAsync(RealClamd.OwnDatabase, "MaxFileSize 2M", "MaxScanSize 2M", "AlertExceedsMax yes");

        var found = Assert.Single(Ask(clamd, [.. EicarTest.Mark, .. new byte[Above]]).Findings);

        Assert.Equal(AntivirusRules.NotScanned, found.Rule);
        Assert.Contains("Heuristics.Limits.Exceeded", found.Message);
    }

    [Fact]
    public async Task It_says_what_it_is()
    {
        using var clamd = await RealClamd.StartAsync(RealClamd.OwnDatabase);

        var version = await ClamdTrial.RunAsync(new(clamd.Address, TimeSpan.FromSeconds(30), TimeProvider.System), TestContext.Current.CancellationToken);

        Assert.StartsWith("ClamAV ", version.Program);
        Assert.Null(version.Database); // none of ClamAV's own
    }

    private static ScanReport Clean => new(Verdict.Clean, ContentKind.Unknown, [], "1");

    private static ClamdAntivirus Antivirus(RealClamd clamd, long maxBytes = 100 << 20) => new(new() { Clamd = clamd.Text, ClamdMaxBytes = maxBytes }, TimeProvider.System);

    private static ScanReport Ask(RealClamd clamd, byte[] bytes, long maxBytes = 100 << 20) => Antivirus(clamd, maxBytes).AddTo(Clean, new MemorySource(bytes), TestContext.Current.CancellationToken);

    private static byte[] Zip(params (string Name, byte[] Bytes)[] members)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Zeros; once so many were read, something happens.</summary>
    private sealed class MeasuredSource(long length, long after, Action happens) : ScanSource
    {
        private bool _hasHappened;

        public override long Length => length;

        public override int Read(long offset, Span<byte> destination)
        {
            if (offset >= after && !_hasHappened)
            {
                _hasHappened = true;
                happens();
            }

            var read = (int)Math.Min(destination.Length, length - offset);
            destination[..read].Clear();
            return read;
        }
    }
}
