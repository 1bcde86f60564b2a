using System.Diagnostics;
using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Tests.Transfer.Torture;
using CivitaiDownloader.Transfer;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>The file is verified with its last byte: the digest has kept up, nothing of the file is read after it came.</summary>
public sealed class LastByteTests
{
    private const int Runs = 3;
    private static readonly TimeSpan EachBlock = TimeSpan.FromMilliseconds(1); // 64 KiB: slower than any digest, so that what is left at the end is not for want of time
    private static readonly GeneratedContent Content = new(20261128, 512 << 20);

    private long _lastSentAt;

    [Fact]
    public async Task Verified_within_a_fraction_of_the_time_it_takes_to_hash_the_file()
    {
        await using var origin = await RangeOrigin.StartAsync(Content);
        origin.BeforeSending = async (_, _) =>
        {
            await Task.Delay(EachBlock);
            Volatile.Write(ref _lastSentAt, Stopwatch.GetTimestamp());
        };
        using var outbound = TestOutbound.To(origin.Address);
        var (after, whole) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new TemporaryFolder(Directory.Exists("/dev/shm") ? "/dev/shm" : null); // the disk's pace is not what is asked
            var request = new TransferRequest(new FixedLink(origin.Address), "file", folder["file.part"]) { Expected = [TestTransfer.HashOf(Content)] };

            using var file = await TestTransfer.Over(outbound).RunAsync(request, new(TimeProvider.System), TestContext.Current.CancellationToken);
            after.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref _lastSentAt)));

            Assert.True(file.IsVerified);
            whole.Add(TimeToHash(file));
        }

        // The promise is 0.2 s whatever the size; beside the time for the whole it can be seen on a machine of any speed and load.
        Assert.True(Median(after) < Median(whole) / 3, $"{Median(after).TotalMilliseconds:0} ms after the last byte; the whole takes {Median(whole).TotalMilliseconds:0} ms");
    }

    private static TimeSpan TimeToHash(StagedFile file)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 << 10];
        var start = Stopwatch.GetTimestamp();
        for (long at = 0; at < file.Bytes;)
        {
            var read = RandomAccess.Read(file.Handle, buffer, at);
            digest.AppendData(buffer, 0, read);
            at += read;
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
