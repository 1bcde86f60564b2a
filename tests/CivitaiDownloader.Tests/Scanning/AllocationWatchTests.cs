using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Archives;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

public sealed class AllocationWatchTests
{
    private readonly ScanState _state = new(RuleSet.All, new() { MaxDecoderBytes = 1 << 20 }, 1 << 20, TestContext.Current.CancellationToken);

    [Fact]
    public void A_decoder_that_reserves_too_much_in_the_middle_is_ended_at_a_limit()
    {
        using var decoder = new Greedy(reads: 8, at: 5);
        using var watched = new AllocationWatch(decoder, _state);

        var ended = Assert.Throws<BudgetExceededException>(() => UnpackedSource.Unpack(watched, _state));

        Assert.Same(RuleSet.All.Find("limit-reached"), ended.Rule);
        Assert.Equal(5, decoder.Reads);
    }

    [Fact]
    public void One_that_does_not_is_read_to_its_end()
    {
        using var decoder = new Greedy(reads: 8, at: 100);
        using var watched = new AllocationWatch(decoder, _state);
        using var unpacked = UnpackedSource.Unpack(watched, _state);

        Assert.Equal(7 * 1000, unpacked.Length);
    }

    /// <summary>Gives a thousand bytes at a time, and reserves 32 MiB at one of them.</summary>
    private sealed class Greedy(int reads, int at) : MemoryStream
    {
        private byte[]? _kept;

        public int Reads { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (++Reads == at) _kept = new byte[32 << 20];
            GC.KeepAlive(_kept);
            return Reads < reads ? 1000 : 0;
        }
    }
}
