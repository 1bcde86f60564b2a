using System.IO.Hashing;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>The arithmetic of files beyond 2^31, 2^32 and 2^36 bytes, on a disk that keeps no zeros.</summary>
public sealed class ImmenseFileTests : IDisposable
{
    private const int RecordBytes = 1 << 20;
    private const long Gibi = 1L << 30;
    private const int Connections = 4;

    // Beyond 2^32 by some mebibytes; the other is that of the Sandbox's sample.
    private static readonly SparseContent Shorter = new(4234, (4 * Gibi) + (3 << 20), new("1003D63E9F3E71F435DDFA7950A9FB92DB26AC3A50998ED20D951B333C4E971D", null, null, null, null));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(31, 32)]
    [InlineData(31, 32, 36)]
    public async Task What_is_missing_around_a_power_of_two_is_fetched_and_nothing_else(params int[] powers)
    {
        if (powers.Contains(36) && !Soak.IsOn) Assert.Skip("100 GiB are read in ./test --soak.");
        SampleContent content = powers.Contains(36) ? Sample() : Shorter;
        ByteRange[] missing = [.. powers.Select(power => new ByteRange((1L << power) - RecordBytes, (1L << power) + RecordBytes))];
        var partial = _folder["file.part"];
        Prepare(content, partial, missing);
        await using var origin = await RangeOrigin.StartAsync(content);

        RequireRoom(_folder, content);
        using var file = await FetchAsync(origin, content, partial);

        Assert.True(file.IsVerified);
        AssertSame(content, file, missing);
        Assert.All(missing, range => Assert.Contains(origin.Sent.Ranges, sent => sent.Start <= range.Start && sent.End >= range.End));
        Assert.InRange(origin.Sent.Served, missing.Sum(range => range.Length), missing.Sum(range => range.Length) + (TortureSettings.MostTwicePerConnection * Connections));
    }

    [Fact]
    public async Task A_hundred_gibibytes_arrive_whole()
    {
        if (!Soak.IsOn) Assert.Skip("100 GiB are fetched in ./test --soak.");
        var content = Sample();
        using var folder = new TemporaryFolder(Holes.BestFolder(content.Length));
        var partial = folder["file.part"];
        await using var origin = await RangeOrigin.StartAsync(content);
        await using var holes = Holes.Keep(partial, content.Length); // what is zero is soon a hole: a few gibibytes of disk will do
        RequireRoom(folder, content);
        using var file = await FetchAsync(origin, content, partial);

        Assert.Equal((content.Length, true), (file.Bytes, file.IsVerified));
        AssertSame(content, file, [new(0, RecordBytes), new((1L << 36) - RecordBytes, (1L << 36) + RecordBytes), new(content.Length - RecordBytes, content.Length)]);
    }

    // It is set aside beforehand, though little of it is used.
    private static void RequireRoom(TemporaryFolder folder, SampleContent content)
    {
        if (new DriveInfo(folder.Path).AvailableFreeSpace < content.Length) Assert.Skip($"'{folder.Path}' has no room for {content.Length >> 30} GiB: let TMPDIR lead to a file system that has (a sparse image will do).");
    }

    private static SampleContent Sample() => new SampleCatalogue(CuratedModels.All(DateTimeOffset.UnixEpoch)).Model(SampleIds.Immense)!.Versions[0].Files[0].Content;

    /// <summary>A partial file with everything but what is missing, and a journal that says so.</summary>
    private static void Prepare(SampleContent content, string partial, ByteRange[] missing)
    {
        using var disk = File.OpenHandle(partial, FileMode.CreateNew, FileAccess.ReadWrite);
        RandomAccess.SetLength(disk, content.Length);
        var zeros = XxHash128.HashToUInt128(new byte[RecordBytes]);
        var buffer = new byte[RecordBytes];
        var records = new List<ClaimedBytes>();
        for (long at = 0; at < content.Length; at += RecordBytes)
        {
            if (missing.Any(range => at >= range.Start && at < range.End)) continue;
            var bytes = buffer.AsSpan(0, (int)Math.Min(RecordBytes, content.Length - at));
            var isZero = bytes.Length == RecordBytes && at % Gibi != 0 && (at + RecordBytes) % Gibi != 0;
            if (!isZero) content.Fill(at, bytes);
            if (!isZero) RandomAccess.Write(disk, bytes, at);
            records.Add(new(at, at + bytes.Length, isZero ? zeros : XxHash128.HashToUInt128(bytes)));
        }

        File.WriteAllBytes(partial + ".journal", JournalBytes.Write(content.Length, RangeOrigin.ETag, Expected(content).ToString(), records));
    }

    private static ContentHash Expected(SampleContent content) => ContentHash.Parse(HashKind.Sha256, content.Hashes.Sha256);

    private static async Task<StagedFile> FetchAsync(RangeOrigin origin, SampleContent content, string partial)
    {
        using var outbound = TestOutbound.To(origin.Address);
        var transfer = new FileTransfer(outbound, TortureSettings.Options(Connections), TimeProvider.System, new Random(1), NullLogger<FileTransfer>.Instance);
        return await transfer.RunAsync(new(new FixedLink(origin.Address), "file", partial) { Expected = [Expected(content)] }, new(TimeProvider.System), TestContext.Current.CancellationToken);
    }

    private static void AssertSame(SampleContent content, StagedFile file, IEnumerable<ByteRange> ranges)
    {
        foreach (var range in ranges)
        {
            var (expected, actual) = (new byte[range.Length], new byte[range.Length]);
            content.Fill(range.Start, expected);
            for (int read = 0, more; read < actual.Length && (more = RandomAccess.Read(file.Handle, actual.AsSpan(read), range.Start + read)) > 0;) read += more;
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{range} is not what was served");
        }
    }
}
